import { describe, expect, test } from "vitest";
import { observableSwitches, switchMatrix } from "../../extractor/compare/switch-matrix.ts";
import type { Endpoint, Gate, Report } from "../../extractor/model/report.ts";
import { isOpen, type SwitchTrial } from "../../extractor/model/switches/switch-matrix.ts";

const env = (name: string, effect: Gate["effect"] = "silences", more: Partial<Gate> = {}): Gate => ({
  kind: "env",
  name,
  effect,
  ...more,
});
const endpoint = (id: string, ...gates: Gate[]) =>
  ({ id, method: "POST", url: `https://example.com/${id}`, gates }) as unknown as Endpoint;
const report = (...endpoints: Endpoint[]) =>
  ({ package: { name: "t", version: "1.0.0" }, tool: null, endpoints }) as unknown as Report;
const trial = (name: string | null, ...fired: string[]): SwitchTrial => ({
  switch: name === null ? null : { name, value: "1" },
  fired: new Map(fired.map((id) => [id, 1])),
  ending: "exit 0",
});
const NOTHING = { documented: new Set<string>(), notObservable: new Map<string, number>(), remaining: [], known: [] };

const verdicts = (of: Report, ...trials: SwitchTrial[]) =>
  switchMatrix(of, trials, NOTHING).switches.map(({ name, cells, untouched }) => [
    name,
    Object.fromEntries(cells.map(({ id, verdict }) => [id, verdict])),
    untouched,
  ]);

describe("a switch", () => {
  const of = report(
    endpoint("gated", env("OFF")),
    endpoint("free"),
    endpoint("opt-in", env("OFF", "enables")),
    endpoint("idle"),
  );

  test("does what was predicted", () => {
    expect(verdicts(of, trial(null, "gated", "free"), trial("OFF", "free", "opt-in"))).toEqual([
      ["OFF", { gated: "silenced", "opt-in": "enabled" }, 1],
    ]);
  });

  test("does less, or more", () => {
    expect(verdicts(of, trial(null, "gated", "free"), trial("OFF", "gated", "idle"))).toEqual([
      ["OFF", { gated: "not-silenced", free: "silenced-unpredicted", idle: "appeared" }, 0],
    ]);
  });

  test("whose effect is known to disagree says why", () => {
    const known = [{ switch: "OFF", endpoint: "POST https://example.com/free", because: "of what it needs" }];
    const [row] = switchMatrix(of, [trial(null, "free"), trial("OFF")], { ...NOTHING, known }).switches;
    expect(row?.cells).toMatchObject([{ id: "free", verdict: "silenced-unpredicted", because: "of what it needs" }]);
    expect(row?.cells.some(isOpen)).toBe(false);
  });

  test("is not blamed for chance", () => {
    expect(verdicts(of, trial(null, "free"), trial(null), trial("OFF"))).toEqual([["OFF", { free: "unsteady" }, 0]]);
    expect(verdicts(of, trial(null, "free"), trial("OFF"), trial("OFF", "free"))).toEqual([
      ["OFF", { free: "unsteady" }, 0],
    ]);
  });

  test("that stops some ways only is held against what came", () => {
    const some = report(endpoint("a", env("OFF", "silences", { ways: "some" })), endpoint("b"));
    expect(verdicts(some, trial(null, "a", "b"), trial("OFF", "a", "b"))).toEqual([["OFF", { a: "way-left" }, 1]]);
    expect(verdicts(some, trial(null, "a", "b"), trial("OFF", "b"))).toEqual([["OFF", { a: "way-silenced" }, 1]]);
    expect(verdicts(some, trial(null, "b"), trial("OFF", "a", "b"))).toEqual([["OFF", { a: "appeared" }, 1]]);
  });

  test("with a value that has no effect is expected to change nothing", () => {
    const valued = report(endpoint("a", env("OFF", "silences", { when: { values: ["true"] } })));
    expect(verdicts(valued, trial(null, "a"), trial("OFF", "a"))).toEqual([["OFF", {}, 1]]);
    expect(verdicts(valued, trial(null, "a"), trial("OFF"))).toEqual([["OFF", { a: "silenced-unpredicted" }, 0]]);
  });

  test("after which the program ends differently is marked", () => {
    const matrix = switchMatrix(of, [trial(null, "free"), { ...trial("OFF"), ending: "exit 1" }], NOTHING);
    expect(matrix.switches[0]).toMatchObject({
      endedDifferently: "exit 1",
      cells: [{ id: "free", verdict: "ended" }],
    });
    // nor does it prove what was predicted
    const silent = switchMatrix(of, [trial(null, "gated"), { ...trial("OFF"), ending: "timed out" }], NOTHING);
    expect(silent.switches[0]?.cells).toMatchObject([{ id: "gated", verdict: "ended" }]);
  });
});

test("only switches that decide about something the runs use can show", () => {
  const of = report(
    endpoint("a", env("SEEN"), env("MOVED", "redirects")),
    endpoint("b", env("UNSEEN")),
    endpoint("c", env("OPENS", "enables")),
  );
  expect(observableSwitches(of, new Set(["a"]))).toEqual({
    names: ["OPENS", "SEEN"],
    others: new Map([["UNSEEN", 1]]),
  });
});
