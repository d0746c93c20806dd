import { expect, test } from "vitest";
import { spoiledHost } from "../../extractor/evaluate/domain/joined-host.ts";

test.each([
  [["https://in.tool.dev"], "https", "in.tool.dev"],
  [["https://", "in.tool.dev"], "alpha/x", "in.tool.dev"],
  [["https://in.tool.dev"], "/x", null],
  [["https://in.tool.dev"], ":8080", null],
  [["https://in.tool.dev"], ".br", null],
  [["https://in.tool.dev"], "?x", null],
  // text that was cut in the middle of a label
  [["https://in.to"], "ol.dev/x", null],
  [["https://in.tool.de"], "v/x", null],
  [["https://eu"], "-west.tool.dev/x", null],
  [["https://in.tool.dev/a"], "b", null],
  [["in.tool.dev"], "b", null],
])("%j + %s", (row, next, spoiled) => {
  expect(spoiledHost(row, [next])).toBe(spoiled);
});

test("a hole in front or behind says nothing", () => {
  const hole = { kind: "unknown", name: "x" } as const;
  expect(spoiledHost(["https://", hole, ".tool.dev"], ["https"])).toBeNull();
  expect(spoiledHost(["https://in.tool.dev"], [hole])).toBeNull();
});
