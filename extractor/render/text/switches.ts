import type { Gate, GateEffect, GateKind, Report } from "../../model/report.ts";
import { visible } from "../terminal.ts";
import { count, cut, heading, moreLine, type Page, wrap } from "./page.ts";

const SWITCHES = 20;
const KIND_ORDER = { env: 0, config: 1, flag: 2 } satisfies Record<GateKind, number>;

type Effect = GateEffect | "influences";

interface Switch {
  kind: GateKind;
  name: string;
  effects: Map<Effect, { endpoints: number; events: number }>;
}

/** Environment variables, settings and remote flags that silence, enable or redirect something, and how much of it. */
export function switchLines(report: Report, sheet: Page): string[] {
  const switches = switchesOf(report);
  const acting = new Set(switches.filter(({ kind }) => kind === "env").map(({ name }) => name));
  const idle = report.environment.map(({ name }) => name).filter((name) => !acting.has(name));
  if (switches.length === 0 && idle.length === 0) return [];
  const { shown, more } = cut(sheet, switches, SWITCHES);
  const width = Math.max(0, ...shown.map(({ kind, name }) => `${kind} ${visible(name)}`.length));
  return [
    "",
    ...heading(sheet, "switches", `${switches.length.toLocaleString("en-US")} that change what is sent`),
    ...shown.flatMap((row) =>
      wrap(sheet, `  ${`${row.kind} ${visible(row.name)}`.padEnd(width)}  `, effectsOf(row), "; "),
    ),
    ...moreLine(sheet, "  ", more, "switch"),
    ...idleLines(idle, sheet),
  ];
}

function idleLines(idle: readonly string[], sheet: Page): string[] {
  if (idle.length === 0) return [];
  const line = `${count(idle.length, "other environment variable")} read, with no effect seen on what is sent`;
  const names = sheet.all ? wrap(sheet, "    ", idle.map(visible)) : [];
  return [...wrap(sheet, "  ", line.split(" "), " ").map(sheet.ink.dim), ...names];
}

function switchesOf(report: Report): Switch[] {
  const byKey = new Map<string, Switch>();
  const add = (kind: GateKind, name: string, effect: Effect, what: "endpoints" | "events", times: number): void => {
    const key = `${kind} ${name}`;
    const row = byKey.get(key) ?? { kind, name, effects: new Map() };
    byKey.set(key, row);
    const seen = row.effects.get(effect) ?? { endpoints: 0, events: 0 };
    seen[what] += times;
    row.effects.set(effect, seen);
  };
  const addAll = (gates: readonly Gate[], what: "endpoints" | "events"): void => {
    for (const { kind, name, effect } of gates) add(kind, name, effect, what, 1);
  };
  for (const endpoint of report.endpoints) addAll(endpoint.gates, "endpoints");
  for (const event of report.events) addAll(event.gates, "events");
  for (const { name, influences } of report.environment) {
    if (influences.length > 0 && !byKey.has(`env ${name}`))
      add("env", name, "influences", "endpoints", influences.length);
  }
  return [...byKey.values()].sort(
    (a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || reach(b) - reach(a) || (a.name < b.name ? -1 : 1),
  );
}

const reach = (row: Switch): number =>
  [...row.effects.values()].reduce((sum, { endpoints, events }) => sum + endpoints + events, 0);

const effectsOf = (row: Switch): string[] =>
  [...row.effects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([effect, { endpoints, events }]) => {
      const what = [
        ...(endpoints > 0 ? [count(endpoints, "endpoint")] : []),
        ...(events > 0 ? [count(events, "event")] : []),
      ];
      return `${effect} ${what.join(" and ")}`;
    });
