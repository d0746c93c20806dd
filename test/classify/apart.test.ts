import { expect, test } from "vitest";
import { withApart } from "../../extractor/classify/apart.ts";
import type { Evidence } from "../../extractor/model/report.ts";
import { at, endpoint } from "../render/report-fixture.ts";

const platform = {
  name: "@acme/cli-linux-x64",
  version: "1.0.0",
  integrity: null,
  platform: "linux-x64" as const,
  folder: "node_modules/@acme/cli-linux-x64",
  files: 1,
};
const apartOf = (...evidence: Evidence[]) =>
  withApart([endpoint({ url: "https://a.example/", evidence })], [platform])[0]!.apart;

test("a request whose every place is a library's is the library's", () => {
  expect(apartOf(at(1, 1, "node_modules/left/index.js"), at(2, 1, "node_modules/left/lib/b.js"))).toEqual({
    why: "library",
    name: "left",
  });
});

test("a request that the program's own code makes through a library is its own", () => {
  const step = { what: "called from src/main.js", file: "src/main.js", line: 1, column: 1 };
  expect(apartOf({ ...at(1, 1, "node_modules/left/index.js"), derivation: [step] })).toBeUndefined();
  expect(apartOf(at(1, 1, "node_modules/left/index.js"), at(1, 1, "cli.js"))).toBeUndefined();
  expect(
    apartOf({
      ...at(1),
      source: { file: "src/api.ts", line: 1, column: 1, via: { ...at(1, 1, "node_modules/left/i.js") } },
    }),
  ).toBeUndefined();
});

test("what a source map says counts before the bundle", () => {
  const source = { file: "node_modules/@scope/left/index.js", line: 1, column: 1 };
  expect(apartOf({ ...at(1), source })).toEqual({ why: "library", name: "@scope/left" });
});

test("the folder that the program itself is installed in is none of a library", () => {
  expect(apartOf(at(1, 1, "node_modules/@acme/cli-linux-x64/bin/cli.js"))).toBeUndefined();
  expect(apartOf(at(1, 1, "node_modules/@acme/cli-linux-x64/node_modules/left/i.js"))).toEqual({
    why: "library",
    name: "left",
  });
});

test("files of tests and examples stand apart, unless other code makes the request too", () => {
  expect(apartOf(at(1, 1, "test/api.js"))).toEqual({ why: "test" });
  expect(apartOf(at(1, 1, "src/api.test.js"))).toEqual({ why: "test" });
  expect(apartOf(at(1, 1, "test/api.js"), at(1, 1, "src/api.js"))).toBeUndefined();
  expect(apartOf(at(1, 1, "src/latest/api.js"))).toBeUndefined();
});
