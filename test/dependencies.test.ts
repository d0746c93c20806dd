import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { extract, type PipelineOptions } from "../extractor/pipeline.ts";
import { renderText } from "../extractor/render/text.ts";
import { LoopbackRegistry } from "./acquire/loopback-registry.ts";
import { Scratch } from "./acquire/scratch.ts";
import { rawTar } from "./container/archives/raw-tar.ts";
import { schemaErrors } from "./report-schema.ts";

type Files = Record<string, string | object>;

const packed = (files: Files): Buffer =>
  gzipSync(
    rawTar(
      Object.entries(files).map(([name, body]) => ({
        name: `package/${name}`,
        body: typeof body === "string" ? body : JSON.stringify(body),
      })),
    ),
  );

const TOOL: Files = {
  "package.json": {
    name: "tool",
    version: "1.0.0",
    bin: "./cli.js",
    dependencies: { sender: "^1.0.0", plugin: "^1.0.0", axios: "^1.0.0", colours: "1.0.0", lost: "^1.0.0" },
  },
  "cli.js": `const { Sender } = require("sender"); const axios = require("axios"); const colours = require("colours");
    require("lost")();
    const sender = new Sender("https://api.tool.example"); sender.send("/one"); sender.send("/two");
    colours.red("text"); axios.get("https://axios.tool.example/");`,
};

let registry: LoopbackRegistry;
let scratch: Scratch;
let options: PipelineOptions;
beforeAll(async () => {
  registry = await LoopbackRegistry.start();
  scratch = await Scratch.make();
  await scratch.npmrc(`registry=${registry.url}`);
  options = { sourceMaps: true, reveal: false, limits: {}, cache: scratch.cache };
  const serve = (name: string, version: string, files: Files) =>
    registry.packages.set(name, { ...registry.packages.get(name), [version]: { tarball: packed(files) } });
  serve("tool", "1.0.0", TOOL);
  serve("tool", "2.0.0", {
    ...TOOL,
    "npm-shrinkwrap.json": { packages: { "node_modules/sender": { version: "1.0.0" } } },
  });
  const entries = { name: "sender", exports: { ".": { require: "./lib/main.cjs" } }, dependencies: { wire: "2.x" } };
  const sender = (path: string) => ({
    "package.json": entries,
    "lib/main.cjs": `exports.Sender = class { constructor(base) { this.base = base; }
      send(path) { require("wire/post")(this.base + path); require("wire/post")("https://sender.example${path}"); } }`,
    "lib/never.cjs": `fetch("https://never.example/");`,
  });
  serve("sender", "1.0.0", sender("/old"));
  serve("sender", "1.5.0", sender("/new"));
  serve("wire", "2.1.0", {
    "package.json": {},
    "post.js": `module.exports = (url) => fetch(url, { method: "POST" });`,
  });
  serve("plugin", "1.0.0", {
    "package.json": { name: "plugin", loader: { commands: "./commands" } },
    "commands/login.js": `fetch("https://plugin.example/login");`,
    "test/login.js": `fetch("https://test.example/");`,
  });
  serve("colours", "1.0.0", { "package.json": {}, "index.js": `exports.red = (text) => text;` });
});
afterAll(async () => {
  await registry.stop();
  await scratch.remove();
});

const sent = ({ endpoints }: Report) => endpoints.map(({ method, url }) => `${method} ${url}`).sort();

test("what the code leads into and is not read is said, with the packages called most", async () => {
  const report = await extract("npm:tool@1.0.0", options);
  expect(sent(report)).toEqual(["GET https://axios.tool.example/"]);
  expect(report.dependencies).toEqual([
    { name: "sender", calls: 3, code: "unread" },
    { name: "axios", calls: 1, code: "known" },
    { name: "colours", calls: 1, code: "unread" },
    { name: "lost", calls: 1, code: "unread" },
    { name: "plugin", calls: 0, code: "unread" },
  ]);
  expect(report.diagnostics).toContainEqual({
    kind: "dependency-unread",
    count: 4,
    detail:
      "5 calls lead into packages that were not read: sender (3), colours (1), lost (1); --with-dependencies reads them",
  });
  const text = renderText(report, { color: false, columns: 200, all: false });
  expect(text).toContain("leads into 3 packages not read: sender (3 calls), colours (1 call), lost (1 call)");
  expect(schemaErrors(report)).toEqual([]);
});

test("with dependencies, what is imported of them is read, and plug-ins whole", async () => {
  const report = await extract("npm:tool@1.0.0", { ...options, withDependencies: true });
  expect(sent(report)).toEqual([
    "GET https://axios.tool.example/",
    "GET https://plugin.example/login",
    "POST https://api.tool.example/one",
    "POST https://api.tool.example/two",
    "POST https://sender.example/new",
  ]);
  const wire = report.dependencies!.find(({ name }) => name === "wire")!;
  expect(wire).toMatchObject({ version: "2.1.0", code: "read", calls: 0, files: 1, folder: "node_modules/wire" });
  expect(wire.endpoints).toHaveLength(3);
  expect(report.dependencies!.find(({ name }) => name === "axios")).toEqual({ name: "axios", calls: 1, code: "known" });
  const unread = report.diagnostics.find(({ kind }) => kind === "dependency-unread");
  expect(unread?.detail).toMatch(/^lost: .*1 calls lead into packages that were not read: lost \(1\)$/s);
  expect(renderText(report, { color: false, columns: 200, all: false })).toContain("with 4 dependencies: ");
  expect(schemaErrors(report)).toEqual([]);
});

test("the lock file says which version is read", async () => {
  const report = await extract("npm:tool@2.0.0", { ...options, withDependencies: true });
  expect(sent(report)).toContain("POST https://sender.example/old");
  expect(report.dependencies!.find(({ name }) => name === "sender")?.version).toBe("1.0.0");
});

test("offline, the package's own code is still worth a report", async () => {
  const own = { ...options.cache, cacheDir: scratch.path("other") };
  await extract("npm:tool@1.0.0", { ...options, cache: own });
  const report = await extract("npm:tool@1.0.0", {
    ...options,
    withDependencies: true,
    cache: { ...own, offline: true },
  });
  expect(sent(report)).toEqual(["GET https://axios.tool.example/"]);
  expect(report.diagnostics.find(({ kind }) => kind === "dependency-unread")?.count).toBeGreaterThan(4);
});
