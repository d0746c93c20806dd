import { expect, test } from "vitest";
import { BOUNDS } from "../../../extractor/evaluate/engine/bounds.ts";
import { CostlyResults } from "../../../extractor/evaluate/engine/costly-results.ts";

const [inner, outer] = [{ name: "inner" }, { name: "outer" }];

test("a costly result stays the second time, and not a cheaper one", () => {
  const costly = new CostlyResults();
  const memo = new Map();
  const asked = (key: object, steps: number) => costly.stays(memo, key, steps, costly.accounted);
  expect(asked(inner, BOUNDS.costlySteps)).toBe(false);
  expect(asked(inner, BOUNDS.costlySteps)).toBe(true);
  expect(asked(outer, BOUNDS.costlySteps - 1)).toBe(false);
  expect(asked(outer, BOUNDS.costlySteps - 1)).toBe(false);
  expect(costly.stays(new Map(), inner, BOUNDS.costlySteps, costly.accounted)).toBe(false);
});

test("one around a costly one isn't costly for the same steps", () => {
  const costly = new CostlyResults();
  const memo = new Map();
  for (const stays of [false, true]) {
    const before = costly.accounted;
    expect(costly.stays(memo, inner, BOUNDS.costlySteps, before)).toBe(stays);
    expect(costly.stays(memo, outer, BOUNDS.costlySteps + 100, before)).toBe(false);
  }
});
