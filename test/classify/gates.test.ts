import { expect, test } from "vitest";
import { allGates, sharedGates } from "../../extractor/classify/gates.ts";
import type { Gate } from "../../extractor/model/report.ts";

const gate = (name: string, effect: Gate["effect"] = "silences"): Gate => ({ kind: "env", name, effect });

test("a switch silences what several places do only where it is in the way of all", () => {
  expect(sharedGates([[gate("A"), gate("B")], [gate("B")]])).toEqual([gate("B")]);
});

test("the same switch with another effect isn't shared", () => {
  expect(sharedGates([[gate("A")], [gate("A", "enables")]])).toEqual([]);
});

test("what redirects one of the places is kept", () => {
  expect(sharedGates([[gate("HOST", "redirects")], []])).toEqual([gate("HOST", "redirects")]);
});

test("all gates of all places, once, sorted", () => {
  expect(allGates([[gate("B")], [gate("A"), gate("B")]])).toEqual([gate("A"), gate("B")]);
});
