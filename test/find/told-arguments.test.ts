import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const SEND = `fetch(data.host + "/check/" + data.product, { method: "POST" });`;
const CHECK = (run: string) => `
  const { spawn, fork, execFile } = require("node:child_process"), path = require("node:path");
  const childPath = path.join(__dirname, "child");
  function check(input) {
    const data = { product: input.product, host: input.host || "https://x.dev" };
    ${run}
  }
  check({ product: "app" });`;

test.each([
  ["spawned", `spawn(process.execPath, [childPath, JSON.stringify(data)], { detached: true }).unref();`, "argv[2]"],
  ["forked", `fork(path.join(__dirname, "./child.js"), ["--json", JSON.stringify(data)]);`, "argv[3]"],
  [
    "run with a list in a variable",
    `const list = [childPath, "x", JSON.stringify(data)]; execFile("node", list, () => {});`,
    "argv.slice(3)[0]",
  ],
  ["told it in base64", `fork(childPath, [Buffer.from(JSON.stringify(data)).toString("base64")]);`, "argv[2]"],
])("a file that is %s gets what it is told", (how, run, read) => {
  const given = how.includes("base64") ? `Buffer.from(process.${read}, "base64").toString()` : `process.${read}`;
  const { requests } = findIn(CHECK(run), { "child.js": `const data = JSON.parse(${given}); ${SEND}` });
  expect(requests.flatMap(({ urls }) => urls.map(printTemplate))).toEqual(["https://x.dev/check/app"]);
});

test("what nobody runs gets what a person types", () => {
  const { requests } = findIn(`fetch("https://x.dev/" + process.argv[2]);`);
  expect(requests.flatMap(({ urls }) => urls.map(printTemplate))).toEqual(["https://x.dev/{argument}"]);
});
