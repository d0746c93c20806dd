import type { GateEffect } from "../../model/report.ts";
import { effectOf, switchText } from "../../model/switches/gates.ts";
import { code, prose, table } from "../markdown-escape.ts";
import { type GateMatrix, KIND_NAMES, type SwitchRow } from "./matrix.ts";

/** Columns get too many to read beyond this: the switches that reach most come first. */
const COLUMNS = 8;

const MARKS = { silences: "off", enables: "on", redirects: "elsewhere" } satisfies Record<GateEffect, string>;

/** A table of endpoints by switches, then every switch with what it does, then what none stops. */
export function renderGatesMarkdown({ switches, ungated }: GateMatrix): string {
  const columns = [...switches].sort((a, b) => b.endpoints.length - a.endpoints.length).slice(0, COLUMNS);
  const endpoints = [...new Set(columns.flatMap((row) => row.endpoints.map(({ endpoint }) => endpoint)))].sort(
    (a, b) => (a.url < b.url ? -1 : 1),
  );
  const rows = endpoints.map((endpoint) => [
    code(`${endpoint.method} ${endpoint.url}`),
    ...columns.map((row) => {
      const found = row.endpoints.find((e) => e.endpoint === endpoint);
      return found ? MARKS[found.effect] + (found.ways ? " (partly)" : "") : "";
    }),
  ]);
  const all = switches.map(({ kind, name, endpoints: own, events }) => [
    code(name),
    KIND_NAMES[kind],
    [...new Set([...own, ...events].map((gate) => withValues(name, gate)))].sort().join(", "),
    String(own.length),
    String(events.length),
  ]);
  return [
    "# Switches",
    "",
    "off: setting the switch silences the endpoint; on: only setting it enables the endpoint; elsewhere: it says where the request goes; partly: other code paths bypass it.",
    "",
    ...(rows.length > 0 ? [table(["endpoint", ...columns.map(({ name }) => code(name))], rows), ""] : []),
    "## All switches",
    "",
    ...(all.length > 0
      ? [table(["switch", "kind", "effect", "endpoints", "events"], all), ""]
      : [prose("None found."), ""]),
    "## No switch silences",
    "",
    ...ungated.map(({ method, url }) => `- ${code(`${method} ${url}`)}`),
    "",
  ].join("\n");
}

function withValues(name: string, gate: SwitchRow["endpoints" | "events"][number]): string {
  const told = switchText({ ...gate, name });
  return told === name ? effectOf(gate) : `${effectOf(gate)} with ${told}`;
}
