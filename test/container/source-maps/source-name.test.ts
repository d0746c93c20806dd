import { expect, test } from "vitest";
import { readMapText } from "../../../extractor/container/source-maps/map-text.ts";
import { originalSources } from "../../../extractor/container/source-maps/open-maps.ts";
import { sourceName } from "../../../extractor/container/source-maps/source-name.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";

test.each([
  ["webpack://acme/./src/api.ts?1a2b", "src/api.ts"],
  ["../src/api.ts", "src/api.ts"],
  ["src/view.vue?vue&type=script", "src/view.vue?vue&type=script"],
])("%s is %s", (source, name) => expect(sourceName(source)).toBe(name));

const mapOf = (members: object) =>
  readMapText(Buffer.from(JSON.stringify({ version: 3, mappings: "", names: [], ...members })));

test.each(["lib", "lib/"])("sources stand below the root %s", (sourceRoot) => {
  const [section] = mapOf({ sourceRoot, sources: ["src/api.ts"], sourcesContent: ["a()"] }).sections;
  expect(section?.files).toEqual(["lib/src/api.ts"]);
});

test("a source that the map leaves out is taken from the package, below the map's folder or above it", () => {
  const text = mapOf({ sources: ["src/a.ts", "../src/b.ts", "src/c.ts"], sourcesContent: [null, null, null] });
  const beside = new Map([
    ["dist/src/a.ts", "a()"],
    ["src/b.ts", "b()"],
  ]);
  const log = new DiagnosticLog();
  const maps = [{ path: "dist/cli.js.map", describes: "dist/cli.js", text }];
  expect([...originalSources(maps, log, beside)].map((file) => file.text)).toEqual(["a()", "b()"]);
  expect(log.list()).toMatchObject([{ kind: "source-map", detail: expect.stringContaining("src/c.ts") }]);
});
