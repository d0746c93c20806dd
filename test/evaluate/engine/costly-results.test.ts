import { expect, test } from "vitest";
import { BOUNDS } from "../../../extractor/evaluate/engine/bounds.ts";
import { CostlyResults } from "../../../extractor/evaluate/engine/costly-results.ts";

const [inner, outer] = [{ name: "inner" }, { name: "outer" }];

test("a costly result stays once it has been met often enough, and not a cheaper one", () => {
  const costly = new CostlyResults();
  const memo = new Map();
  const asked = (key: object, steps: number) => costly.stays(memo, key, steps, costly.accounted);
  const times = (key: object, steps: number) => Array.from({ length: 5 }, () => asked(key, steps));
  expect(times(inner, BOUNDS.costlySteps)).toEqual([false, false, false, false, true]);
  expect(times(outer, BOUNDS.costlySteps - 1)).not.toContain(true);
  expect(costly.stays(new Map(), inner, BOUNDS.costlySteps, costly.accounted)).toBe(false);
});

test("one around a costly one isn't costly for the same steps", () => {
  const costly = new CostlyResults();
  const memo = new Map();
  for (const stays of [false, false, false, false, true]) {
    const before = costly.accounted;
    expect(costly.stays(memo, inner, BOUNDS.costlySteps, before)).toBe(stays);
    expect(costly.stays(memo, outer, BOUNDS.costlySteps + 100, before)).toBe(false);
  }
});
