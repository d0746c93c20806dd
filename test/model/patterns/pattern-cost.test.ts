import { expect, test } from "vitest";
import { endsSoon } from "../../../extractor/model/patterns/pattern-cost.ts";

test.each([
  "\\/+$",
  "^https?:\\/\\/",
  "\\{(\\w+)\\}",
  "^(?:https?|wss?):",
  "[?&]key=[^&]*",
  ":\\w+?$",
  "[*+?|(]+",
  "\\(a\\)\\*",
])("%s runs on a URL", (source) => expect(endsSoon(source, 120)).toBe(true));

test.each([
  ["a group repeated", "(a+)+$"],
  ["a choice repeated", "(a|a)*$"],
  ["a counted group", "(a{1,9}){1,9}$"],
  ["many repetitions in a row", "a*a*a*a*a*a*b"],
  ["many optional ones in a row", `${"a?".repeat(30)}${"a".repeat(30)}`],
  ["choices in a row", `${"(a|a)".repeat(40)}b`],
  ["a named group repeated", "(?<n>a+)+$"],
])("%s is refused: %s", (_, source) => expect(endsSoon(source, 4000)).toBe(false));

test("the longer the text, the less is let run", () => {
  expect(endsSoon("^(.*)/(.*)$", 100)).toBe(true);
  expect(endsSoon("^(.*)/(.*)$", 100_000)).toBe(false);
});
