import { describe, expect, test } from "vitest";
import { sharedGates } from "../../../extractor/model/switches/gates.ts";
import {
  eitherWhen,
  exampleOf,
  hasEffect,
  sharedWhen,
  type When,
  whenText,
} from "../../../extractor/model/switches/when.ts";

describe("a value has the effect of a switch or not, and is printed so", () => {
  test.each<[When, string, (string | undefined)[], (string | undefined)[]]>([
    [{ any: true }, "X=<anything>", ["0", "false", "x"], [undefined, ""]],
    [{ any: true, empty: true }, "X=<anything, even empty>", ["", "0"], [undefined]],
    [{ any: true, values: ["log"] }, "X≠log", ["LOG", "1"], ["log", "", undefined]],
    [{ values: ["0", "false"], anyCase: true, trimmed: true }, "X=0|false", ["0", "False", " FALSE "], ["1", "no", ""]],
    [{ empty: true }, "X=<empty>", [""], ["1", undefined]],
    [{ tests: [{ above: 0, has: true }] }, "X>0", ["1", "0.5"], ["0", "-1", "x"]],
    [{ tests: [{ matches: "^off", flags: "i", has: true }] }, "X=/^off/i", ["off", "OFFLINE"], ["on"]],
    [{ any: true, tests: [{ below: 2, has: false }] }, "X=<anything>", ["2", "x"], ["1"]],
    // a stranger's pattern that may run for years is none
    [{ tests: [{ matches: "^(a+)+$", has: true }] }, "X=/^(a+)+$/", [], ["a".repeat(150)]],
  ])("%j", (when, text, has, hasNot) => {
    expect(whenText("X", when)).toBe(text);
    expect(has.map((value) => hasEffect(when, value))).toEqual(has.map(() => true));
    expect(hasNot.map((value) => hasEffect(when, value))).toEqual(hasNot.map(() => false));
  });
});

test("what has the effect at all places, and at one of them", () => {
  expect(sharedWhen([{ any: true }, { values: ["1", "true"], anyCase: true }])).toEqual({
    values: ["1", "true"],
    anyCase: true,
  });
  expect(
    sharedWhen([
      { any: true, values: ["0"] },
      { any: true, values: ["no"] },
    ]),
  ).toEqual({ any: true, values: ["0", "no"] });
  expect(eitherWhen([{ values: ["1"] }, { values: ["true"] }])).toEqual({ values: ["1", "true"] });
  expect(sharedWhen([{ any: true }, undefined])).toBeUndefined();
});

test("a value to try: one that has the effect", () => {
  expect(exampleOf({ any: true })).toBe("1");
  expect(exampleOf({ any: true, values: ["true"], anyCase: true })).toBe("false");
  expect(exampleOf({ values: ["off"] })).toBe("off");
  expect(exampleOf({ tests: [{ below: 0, has: true }] })).toBe("-1");
  expect(exampleOf({ tests: [{ matches: "^zq", has: true }] })).toBeNull();
});

test("values that stop one of two places each stop some ways", () => {
  const gate = (values: string[]) => ({
    kind: "env" as const,
    name: "X",
    effect: "silences" as const,
    when: { values },
  });
  expect(sharedGates([[gate(["a"])], [gate(["b"])]])).toEqual([{ ...gate(["a", "b"]), ways: "some" }]);
  expect(sharedGates([[gate(["a", "c"])], [gate(["b", "c"])]])).toEqual([gate(["c"])]);
});
