import { expect, test } from "vitest";
import { entryPath, printableName } from "../../extractor/container/entry-path.ts";

test.each([
  ["package/cli.js", { path: "cli.js" }],
  ["./package/./lib//cli.js", { path: "lib/cli.js" }],
  ["package/package/a.js", { path: "package/a.js" }],
  ["other/cli.js", { path: "other/cli.js" }],
  ["package", { path: "package" }],
  ["..a/b..js", { path: "..a/b..js" }],
  ["a\0.js", { refused: "NUL in its name" }],
  ["a/../b.js", { refused: "leads outside the package" }],
  ["/a.js", { refused: "absolute path" }],
  ["z:a.js", { refused: "absolute path" }],
  ["a\\b.js", { refused: "backslash in its name" }],
  ["", { refused: "empty name" }],
])("entryPath(%j)", (name, expected) => {
  expect(entryPath(name)).toEqual(expected);
});

test("printableName neutralises and shortens", () => {
  expect(printableName("a\x1b]0;x\x07\n\u2028b")).toBe("a\\u001b]0;x\\u0007\\u000a\\u2028b");
  expect(printableName("x".repeat(500))).toHaveLength(201);
});
