import { describe, expect, test } from "vitest";
import { Emitters } from "../../../extractor/find/telemetry/emitters.ts";
import type { Func } from "../../../extractor/ir/unit.ts";

const [f, g] = [{ name: "f" }, { name: "g" }] as [Func, Func];
const name = { func: f, index: 0, member: null };
const flow = { call: {} as never, path: [], allowed: null };

describe("emitters", () => {
  test("one place is one emitter, with the requests of both", () => {
    const emitters = new Emitters();
    expect(emitters.add({ name, flows: [flow] }).isNew).toBe(true);
    const again = emitters.add({ name, flows: [{ ...flow }] });
    expect(again.isNew).toBe(false);
    expect(again.emitter.flows).toHaveLength(2);
    expect([...emitters]).toHaveLength(1);
  });

  test("a member of the same parameter is another one", () => {
    const emitters = new Emitters();
    emitters.add({ name });
    emitters.add({ name: { ...name, member: "event" } });
    expect([...emitters].map((e) => e.name.member)).toEqual([null, "event"]);
  });

  test("found by function and parameter", () => {
    const emitters = new Emitters();
    const { emitter } = emitters.add({ name });
    expect(emitters.at(f, 0)).toBe(emitter);
    expect(emitters.at(f, 1)).toBeUndefined();
    expect(emitters.at(g, 0)).toBeUndefined();
  });
});
