import { expect, test } from "vitest";
import { HoleNames } from "../../../extractor/classify/urls/hole-names.ts";
import type { Hole } from "../../../extractor/model/template.ts";

const names = (...holes: Hole[]): string[] => {
  const all = new HoleNames();
  return holes.map((hole) => all.name(hole));
};

test.each([
  ["param", "url3", "url"],
  ["unknown", "baseUrl12", "baseUrl"],
  ["param", "sha1", "sha1"],
  ["response", "data.address2", "data.address2"],
  ["env", "HOST2", "HOST2"],
  ["param", "v2", "value"],
] as const)("the number that a bundler puts behind a name is no part of it: %s %s", (kind, name, printed) => {
  expect(names({ kind, name })).toEqual([printed]);
});

test("what the original sources call a part is kept", () => {
  expect(names({ kind: "param", name: "a", original: "step2" })).toEqual(["step2"]);
});

test("two of one name stay two", () => {
  expect(names({ kind: "param", name: "url" }, { kind: "param", name: "url3" })).toEqual(["url", "url_2"]);
});
