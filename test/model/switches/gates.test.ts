import { expect, test } from "vitest";
import type { Gate } from "../../../extractor/model/report.ts";
import { allGates, sharedGates } from "../../../extractor/model/switches/gates.ts";

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
