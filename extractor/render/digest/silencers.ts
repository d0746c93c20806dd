import type { Endpoint, Gate, GateEffect, Report } from "../../model/report.ts";
import type { SwitchSetting } from "../../model/summary.ts";
import { wholeGates } from "../../model/switches/gates.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";

/** What a switch stops wholly, over a whole report. */
export interface Reach {
  setting: SwitchSetting;
  endpoints: number;
  events: number;
  /** Of the endpoints those that report on nobody. */
  others: number;
  /** It stops a way to the model: a person who sets it chooses another provider, or loses the tool. */
  isDrastic: boolean;
}

const MODEL = "model-api";

export const settingKey = ({ kind, name }: Pick<Gate, "kind" | "name">): string => `${kind} ${name}`;

/** Every switch that a person can set and that stops something wholly, by `settingKey`. */
export function reachOfSwitches(report: Report): Map<string, Reach> {
  const byKey = new Map<string, Reach>();
  const reachOf = (gate: Gate): Reach => {
    const key = settingKey(gate);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const reach = { setting: settingOf(gate), endpoints: 0, events: 0, others: 0, isDrastic: false };
    byKey.set(key, reach);
    return reach;
  };
  for (const endpoint of report.endpoints) {
    for (const gate of wholeGates(endpoint, "silences")) {
      const reach = reachOf(gate);
      reach.endpoints++;
      if (!TELEMETRY_CHANNELS.includes(endpoint.channel)) reach.others++;
      reach.isDrastic ||= endpoint.channel === MODEL;
    }
  }
  for (const event of report.events) for (const gate of wholeGates(event, "silences")) reachOf(gate).events++;
  return byKey;
}

/** Gently first: what changes the provider last, then by how much else stops. */
export const byGentleness =
  (reaches: ReadonlyMap<string, Reach>) =>
  (a: SwitchSetting, b: SwitchSetting): number => {
    const [left, right] = [reaches.get(settingKey(a)), reaches.get(settingKey(b))];
    return (
      Number(left?.isDrastic ?? false) - Number(right?.isDrastic ?? false) ||
      (left?.others ?? 0) - (right?.others ?? 0) ||
      (right?.events ?? 0) - (left?.events ?? 0) ||
      (a.name < b.name ? -1 : 1)
    );
  };

export const settingOf = ({ kind, name, when }: Gate): SwitchSetting => ({ kind, name, ...(when && { when }) });

/** Switches that act in the same way on each of several endpoints. */
export function sharedSettings(endpoints: readonly Endpoint[], effect: GateEffect): SwitchSetting[] {
  const [first, ...others] = endpoints.map((endpoint) => wholeGates(endpoint, effect));
  const everywhere = (gate: Gate) =>
    others.every((gates) => gates.some((other) => settingKey(other) === settingKey(gate)));
  return (first ?? []).filter(everywhere).map(settingOf);
}
