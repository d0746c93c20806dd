import type { Endpoint, Gate, GateEffect, GateKind, Report } from "../../model/report.ts";
import type { When } from "../../model/switches/when.ts";
import { KIND_ORDER } from "../switches.ts";

/** One switch, and what it does to which endpoint and event. */
export interface SwitchRow {
  kind: GateKind;
  name: string;
  endpoints: (Omit<Gate, "kind" | "name"> & { endpoint: Endpoint })[];
  events: { name: string; effect: GateEffect; when?: When }[];
}

export interface GateMatrix {
  switches: SwitchRow[];
  /** Endpoints that no switch silences or enables on all ways to them. */
  ungated: Endpoint[];
}

/** Switch x endpoint: by kind, then by how much a switch reaches. */
export function gateMatrix(report: Report): GateMatrix {
  const rows = new Map<string, SwitchRow>();
  const rowOf = ({ kind, name }: Pick<Gate, "kind" | "name">): SwitchRow => {
    const key = `${kind} ${name}`;
    const row = rows.get(key) ?? { kind, name, endpoints: [], events: [] };
    rows.set(key, row);
    return row;
  };
  for (const endpoint of report.endpoints) {
    for (const gate of endpoint.gates) {
      const { kind, name, ...effect } = gate;
      rowOf({ kind, name }).endpoints.push({ endpoint, ...effect });
    }
  }
  for (const { name, gates } of report.events) {
    for (const gate of gates)
      rowOf(gate).events.push({ name, effect: gate.effect, ...(gate.when && { when: gate.when }) });
  }
  const reach = (row: SwitchRow) => row.endpoints.length * 10_000 + row.events.length;
  return {
    switches: [...rows.values()].sort(
      (a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || reach(b) - reach(a) || (a.name < b.name ? -1 : 1),
    ),
    ungated: report.endpoints.filter(({ gates }) => gates.every(({ effect, ways }) => effect === "redirects" || ways)),
  };
}

export const KIND_NAMES = {
  env: "environment",
  config: "setting",
  option: "command line",
  flag: "remote flag",
} satisfies Record<GateKind, string>;
