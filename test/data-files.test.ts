import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { extract } from "../extractor/pipeline.ts";
import { Scratch } from "./acquire/scratch.ts";

const FILES = {
  "package.json": { name: "tool", version: "3.2.1", update: { host: "https://update.tool.example" } },
  "lib/imported.json": { api: "https://imported.tool.example" },
  "lib/required.json": { api: "https://required.tool.example" },
  "data/list.json": {
    all: [{ url: "https://a.tool.example" }, { url: "https://b.tool.example" }],
    api: "https://c.tool.example",
  },
  "data/never-named.json": { api: "https://never.tool.example" },
  "lib/cli.mjs": `
    import imported from "./imported.json" with { type: "json" };
    import { readFileSync } from "node:fs";
    import { readFile } from "node:fs/promises";
    import { createRequire } from "node:module";
    import { dirname, join } from "node:path";
    import { fileURLToPath } from "node:url";
    const require = createRequire(import.meta.url);
    const here = dirname(fileURLToPath(import.meta.url));
    fetch(imported.api + "/1");
    fetch(JSON.parse(readFileSync(new URL("../data/list.json", import.meta.url), "utf8")).api + "/2");
    for (const { url } of JSON.parse(readFileSync(join(here, "..", "data", "list.json"))).all) fetch(url + "/3");
    readFile(join(here, "../data/list.json"), "utf8").then((text) => fetch(JSON.parse(text).api + "/4"));
    fetch(JSON.parse(readFileSync(join(process.env.HOME, "list.json"))).api + "/5");`,
  "lib/old.cjs": `
    const { update, version } = require("../package.json");
    fetch(update.host + "/6/" + version);
    fetch(require("./required").api + "/7");
    fetch(JSON.parse(require("fs").readFileSync(require("path").resolve(__dirname, "../data/list.json"))).api + "/8");`,
};

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

let scratch: Scratch;
let report: Report;
beforeAll(async () => {
  scratch = await Scratch.make();
  for (const [path, body] of Object.entries(FILES))
    await write(scratch.path(`tool/${path}`), typeof body === "string" ? body : JSON.stringify(body));
  report = await extract(scratch.path("tool"), {
    sourceMaps: true,
    reveal: false,
    limits: {},
    cache: { cache: false, offline: true },
  });
});
afterAll(() => scratch.remove());

test("JSON files of the package are values, however they are read; the version of the package stays open", () => {
  expect(report.endpoints.flatMap(({ url, alternatives }) => [url, ...alternatives]).sort()).toEqual([
    "https://a.tool.example/3",
    "https://b.tool.example/3",
    "https://c.tool.example/2",
    "https://c.tool.example/4",
    "https://c.tool.example/8",
    "https://imported.tool.example/1",
    "https://required.tool.example/7",
    "https://update.tool.example/6/{version}",
    "{api}/5",
  ]);
});
