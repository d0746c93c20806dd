import type { Gate, GateKind, Report } from "../model/report.ts";
import { effectOf, switchText } from "../model/switches/gates.ts";
import { count } from "./count.ts";

/** Kinds of switches, as lists have them. */
export const KIND_ORDER = { env: 0, config: 1, option: 2, flag: 3 } satisfies Record<GateKind, number>;

/** Something a person or a server can set, and what that does to how much. */
export interface SwitchUse {
  kind: GateKind;
  name: string;
  /** With the values that have the effect, where they are known: `NAME=<anything>`. */
  told: string;
  /** By `silences`, `partly silences`, …, and `influences` for a variable that shapes a request. */
  effects: Map<string, { endpoints: number; events: number }>;
}

/** Gates of endpoints and events, and variables that shape endpoints; by kind, then by how much they reach. */
export function switchesOf(report: Report): SwitchUse[] {
  const byKey = new Map<string, SwitchUse>();
  const named = new Set<string>();
  const add = (of: Omit<SwitchUse, "effects">, effect: string, what: "endpoints" | "events", times: number): void => {
    const key = `${of.kind} ${of.told}`;
    const row = byKey.get(key) ?? { ...of, effects: new Map() };
    byKey.set(key, row);
    const seen = row.effects.get(effect) ?? { endpoints: 0, events: 0 };
    seen[what] += times;
    row.effects.set(effect, seen);
  };
  const addAll = (gates: readonly Gate[], what: "endpoints" | "events"): void => {
    for (const gate of gates) {
      add({ kind: gate.kind, name: gate.name, told: switchText(gate) }, effectOf(gate), what, 1);
      named.add(`${gate.kind} ${gate.name}`);
    }
  };
  for (const endpoint of report.endpoints) addAll(endpoint.gates, "endpoints");
  for (const event of report.events) addAll(event.gates, "events");
  for (const { name, influences } of report.environment) {
    if (influences.length > 0 && !named.has(`env ${name}`))
      add({ kind: "env", name, told: name }, "influences", "endpoints", influences.length);
  }
  return [...byKey.values()].sort(
    (a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || reach(b) - reach(a) || (a.told < b.told ? -1 : 1),
  );
}

const reach = (row: SwitchUse): number =>
  [...row.effects.values()].reduce((sum, { endpoints, events }) => sum + endpoints + events, 0);

/** `silences 1 endpoint and 12 events` */
export const effectsOf = (row: SwitchUse): string[] =>
  [...row.effects]
    .sort(([a], [b]) => (byEffect(a) < byEffect(b) ? -1 : 1))
    .map(([effect, { endpoints, events }]) => {
      const what = [
        ...(endpoints > 0 ? [count(endpoints, "endpoint")] : []),
        ...(events > 0 ? [count(events, "event")] : []),
      ];
      return `${effect} ${what.join(" and ")}`;
    });

/** What a switch does partly stands behind what it does wholly. */
const byEffect = (effect: string): string => effect.replace(/^partly (.*)/, "$1 partly");
