import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

/** Of these nothing is found, or not the host, or a method or a path that they never send. */
const PENDING = ["koa", "observable", "hookFn", "di", "generatorSaga", "verbs", "verbsClass"];

interface Program {
  name: string;
  code: string;
}

/** How command lines and their clients are built: a name, and indented statements with `$H` and `$P`. */
const PROGRAMS = readFileSync(new URL("./programs.txt", import.meta.url), "utf8")
  .trim()
  .split("\n\n")
  .map((block, i): Program => {
    const [name = "", ...lines] = block.split("\n");
    const code = lines.join("\n").replaceAll("$H", `"https://h${i}.t${i}.dev"`).replaceAll("$P", `"/p${i}/x"`);
    return { name, code };
  });

const folder = mkdtempSync(join(tmpdir(), "programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IMPORTS = 'import { EventEmitter } from "node:events";';
const RECORDER = `
globalThis.fetch = async (url, options) => {
  console.log((options?.method ?? "GET") + " " + url);
  return new Response("{}");
};`;
const withoutQuery = (request: string): string => request.replace(/\?.*/, "");

test("programs of many builds: what each sends when it runs is what is found", () => {
  const file = join(folder, "programs.mjs");
  const functions = PROGRAMS.map(({ code }, i) => `async function s${i}() {\n${code}\n}\nawait s${i}();`);
  writeFileSync(file, [IMPORTS, RECORDER, ...functions].join("\n"));
  const sent = execFileSync(process.execPath, [file], { encoding: "utf8" }).trim().split("\n").map(withoutQuery);
  expect(sent).toHaveLength(PROGRAMS.length);
  const missed = PROGRAMS.filter(({ code }, i) => {
    const found = findIn(`${IMPORTS}\n${code}`).requests.map(
      ({ method, urls }) => `${method} ${withoutQuery(printTemplate(urls[0]!))}`,
    );
    return !found.includes(sent[i]!) || found.some((request) => request !== sent[i]);
  });
  expect(missed.map(({ name }) => name).sort()).toEqual([...PENDING].sort());
});
