import { expect, test } from "vitest";
import type { Gate } from "../../../extractor/model/report.ts";
import { allGates, effectOf, effectOnIt, sharedGates } from "../../../extractor/model/switches/gates.ts";

const gate = (name: string, effect: Gate["effect"] = "silences"): Gate => ({ kind: "env", name, effect });

const partly = (name: string, effect: Gate["effect"] = "silences"): Gate => ({ ...gate(name, effect), ways: "some" });

test("a switch in the way of one of several places stops some ways", () => {
  expect(sharedGates([[gate("A"), gate("B")], [gate("B")]])).toEqual([partly("A"), gate("B")]);
  expect(sharedGates([[partly("A")], [gate("A")]])).toEqual([partly("A")]);
});

test("a switch that opens one way and stops another chooses between them, and stops nothing", () => {
  expect(sharedGates([[gate("A")], [gate("A", "enables")]])).toEqual([]);
  expect(sharedGates([[gate("A"), gate("B")], [gate("A", "enables")]])).toEqual([partly("B")]);
});

test("many switches on single ways say nothing of the whole", () => {
  const many = Array.from({ length: 20 }, (_, i) => gate(`S${i}`));
  expect(sharedGates([[gate("A"), ...many], [gate("A")]])).toEqual([gate("A")]);
});

test("what stops all ways at one of the places says more than what stops some", () => {
  expect(allGates([[partly("A"), partly("B")], [gate("A")]])).toEqual([gate("A"), partly("B")]);
});

test("what redirects one of the places is kept", () => {
  expect(sharedGates([[gate("HOST", "redirects")], []])).toEqual([gate("HOST", "redirects")]);
});

test("all gates of all places, once, sorted", () => {
  expect(allGates([[gate("B")], [gate("A"), gate("B")]])).toEqual([gate("A"), gate("B")]);
});

test("what a switch does under conditions at each place, it does under all of them at all", () => {
  const [b, c] = [
    { kind: "env" as const, name: "B" },
    { kind: "env" as const, name: "C" },
  ];
  const unless: Gate = { ...partly("A"), unless: [b] };
  expect(sharedGates([[unless], [gate("A")]])).toEqual([unless]);
  expect(sharedGates([[unless], [{ ...partly("A"), together: [c] }]])).toEqual([{ ...unless, together: [c] }]);
  expect(sharedGates([[unless], [partly("A")]])).toEqual([partly("A")]);
  expect(sharedGates([[unless], []])).toEqual([]);
});

test("conditions in words", () => {
  const b = { kind: "env" as const, name: "B", when: { values: ["1"] } };
  expect(effectOf(partly("A"))).toBe("partly silences");
  expect(effectOf({ ...partly("A"), unless: [b, { kind: "flag", name: "x" }] })).toBe("silences unless B=1 or flag x");
  expect(effectOf({ ...partly("A"), together: [b] })).toBe("silences together with B=1");
  expect(effectOf({ ...partly("A", "enables"), unless: [b] })).toBe("enables as does B=1");
});

test("what a gate does to an endpoint, as a sentence", () => {
  const b = { kind: "env" as const, name: "B", when: { values: ["1"] } };
  expect(effectOnIt(gate("A"))).toBe("silences it");
  expect(effectOnIt(partly("A"))).toBe("partly silences it");
  expect(effectOnIt({ ...partly("A"), unless: [b] })).toBe("silences it unless B=1");
});
