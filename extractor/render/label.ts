import { grouped } from "../model/group.ts";
import { hostNames } from "../model/host.ts";
import type { Endpoint, Gate, Report } from "../model/report.ts";
import { wholeGates } from "../model/switches/gates.ts";
import { exampleOf } from "../model/switches/when.ts";
import { hostKindOf } from "./blocklist/host-kind.ts";
import { TELEMETRY_CHANNELS } from "./blocklist/plan.ts";
import { count } from "./count.ts";
import { code, prose, table } from "./markdown-escape.ts";

/** More would not fit on one screen. */
const MOST_HOSTS = 8;
const MOST_SWITCHES = 5;

/**
 * A privacy label for a README or a review, in Markdown: what is collected, who gets it, how to stop it, how to check
 * it.
 */
export function renderLabel(report: Report): string {
  const { name, version, integrity } = report.package;
  const telemetry = report.endpoints.filter(({ channel }) => TELEMETRY_CHANNELS.includes(channel));
  const rows: [string, string][] = [
    ["Collects", collects(report, telemetry)],
    ["Telemetry goes to", receivers(telemetry)],
    ["Works with", receivers(report.endpoints.filter(isNeeded))],
    ["Opt out", optOut(report, telemetry)],
    ["No switch stops", unstopped(telemetry)],
    ["Baked-in keys", keys(report)],
    ["Proof", `${integrity === null ? "" : `${code(shortened(integrity))}, `}${code(commandFor(report))}`],
  ];
  return `${[
    `### Privacy label: ${prose(`${name} ${version}`)}`,
    table(
      ["", ""],
      rows.map(([label, text]) => [`**${label}**`, text]),
    ),
    "Read from the published package by [endpoint-extractor](https://github.com/endpoint-extractor/endpoint-extractor); nothing of it was run. It says what the code can send, not what one run sends.",
  ].join("\n\n")}\n`;
}

const isNeeded = ({ channel, ifBlocked }: Endpoint): boolean =>
  ifBlocked.effect === "breaks" && !TELEMETRY_CHANNELS.includes(channel);

function collects({ events }: Report, telemetry: readonly Endpoint[]): string {
  const classes = [...new Set(telemetry.flatMap(({ dataClasses }) => dataClasses))].sort();
  const told = events.length === 0 ? [] : [count(events.length, "telemetry event")];
  return [...classes.map(prose), ...told].join(", ") || "no telemetry found";
}

/** `host` (channel), those with most endpoints first; hosts known only at run time by what names them. */
function receivers(endpoints: readonly Endpoint[]): string {
  const pairs = endpoints.flatMap((endpoint) => hostNames([endpoint]).map((host) => ({ host, endpoint })));
  const away = pairs.filter(({ host }) => hostKindOf(host) !== "local");
  const hosts = [...grouped(away, ({ host }) => host)].sort(
    ([a, own], [b, others]) => others.length - own.length || (a < b ? -1 : 1),
  );
  const shown = hosts.slice(0, MOST_HOSTS).map(([host, own]) => {
    const channels = [...new Set(own.map(({ endpoint }) => endpoint.channel))].sort();
    return `${code(host)} (${channels.map(prose).join(", ")})`;
  });
  const more = hosts.length > shown.length ? [`${hosts.length - shown.length} more`] : [];
  const open = endpoints.filter((endpoint) => hostNames([endpoint]).length === 0).length;
  const unnamed = open > 0 ? [`${count(open, "endpoint")} on a host that settings or a server name`] : [];
  return [...shown, ...more, ...unnamed].join(", ") || "nothing";
}

/** The variables and settings that stop most of it, with a value that does. */
function optOut({ events }: Report, telemetry: readonly Endpoint[]): string {
  const reach = new Map<string, { gate: Gate; endpoints: number; events: number }>();
  const add = (row: Pick<Endpoint, "gates">, what: "endpoints" | "events") => {
    for (const gate of wholeGates(row, "silences")) {
      const key = `${gate.kind} ${gate.name}`;
      const reached = reach.get(key) ?? { gate, endpoints: 0, events: 0 };
      reached[what]++;
      reach.set(key, reached);
    }
  };
  for (const endpoint of telemetry) add(endpoint, "endpoints");
  for (const event of events) add(event, "events");
  const rows = [...reach.values()].sort(
    (a, b) => b.endpoints - a.endpoints || b.events - a.events || (a.gate.name < b.gate.name ? -1 : 1),
  );
  const lines = rows.slice(0, MOST_SWITCHES).map(({ gate, endpoints, events: silent }) => {
    const stopped = [
      ...(endpoints > 0 ? [`${endpoints} of ${count(telemetry.length, "endpoint")}`] : []),
      ...(silent > 0 ? [`${silent} of ${count(events.length, "event")}`] : []),
    ];
    return `${gate.kind === "config" ? "setting " : ""}${code(setting(gate))} stops ${stopped.join(" and ")}`;
  });
  const more = rows.length > lines.length ? [`${rows.length - lines.length} more`] : [];
  return [...lines, ...more].join("<br>") || (telemetry.length === 0 ? "not needed" : "no switch found");
}

function setting({ name, when }: Gate): string {
  const value = when === undefined ? null : exampleOf(when);
  return value === null ? name : `${name}=${value}`;
}

function unstopped(telemetry: readonly Endpoint[]): string {
  const free = telemetry.filter((endpoint) => wholeGates(endpoint, "silences").length === 0);
  return free.length === 0 ? "nothing" : `${free.length} of ${count(telemetry.length, "telemetry endpoint")}`;
}

const keys = ({ credentials }: Report): string =>
  credentials.length === 0 ? "none" : `${credentials.length} (${kinds(credentials).map(prose).join(", ")})`;

const kinds = (credentials: Report["credentials"]): string[] =>
  [...new Set(credentials.map(({ kind }) => kind))].sort();

const shortened = (integrity: string): string => (integrity.length > 24 ? `${integrity.slice(0, 23)}…` : integrity);

const commandFor = ({ package: { name, version, integrity, spec } }: Report): string =>
  `npx egress-extractor ${integrity === null ? spec : `npm:${name}@${version}`}`;
