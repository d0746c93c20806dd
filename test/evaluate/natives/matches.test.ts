import { expect, test } from "vitest";
import {
  hole,
  literalText,
  type PatternValue,
  scalar,
  string,
  text,
} from "../../../extractor/evaluate/domain/value.ts";
import type { Evaluator } from "../../../extractor/evaluate/engine/evaluator.ts";
import type { Look } from "../../../extractor/evaluate/engine/look.ts";
import { matchValues } from "../../../extractor/evaluate/natives/matches.ts";
import { itemsOf } from "../../../extractor/evaluate/objects/array.ts";

const pattern = (source: string, flags = ""): PatternValue => ({ kind: "regexp", source, flags });
/** Lists that hold their items need nothing of an evaluator but its memory. */
const ev = {
  readProperty: (v: object, _c: object, key: string, { read }: Look<object, unknown>) => read(ev, v, key),
} as unknown as Evaluator;

function groups(p: PatternValue, s: string): (string | null)[] {
  const [found] = matchValues(p, string(s));
  if (found?.kind !== "array") throw new Error("no match");
  return itemsOf(ev, found).items.map(([v]) => literalText(v));
}

test("groups of an address, the missing one included", () => {
  const address = pattern("^(?:(\\w+):)\\/\\/(?:(\\w+)(?::(\\w+)?)?@)([\\w.-]+)(?::(\\d+))?\\/(.+)");
  const whole = "https://k1@host.example.com/42";
  expect(groups(address, whole)).toEqual([whole, "https", "k1", null, "host.example.com", null, "42"]);
});

test("no match is null", () => {
  expect(matchValues(pattern("^wss:"), string("https://a"))).toEqual([scalar(null)]);
});

test("a pattern that backtracks for ever ends at once", () => {
  expect(matchValues(pattern("^(a+)+$"), string(`${"a".repeat(400)}b`))).toEqual([scalar(null)]);
});

test("what no engine can run without backtracking is not run", () => {
  expect(matchValues(pattern("^(a+)+\\1$"), string("a".repeat(400)))).toEqual([]);
});

test("nothing is said of a text that nobody fills in", () => {
  expect(matchValues(pattern("a"), text(["a", ...hole("env", "X").parts]))).toEqual([]);
});
