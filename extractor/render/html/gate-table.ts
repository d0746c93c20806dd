import type { GateEffect, Report } from "../../model/report.ts";
import { whenText } from "../../model/switches/when.ts";
import { addressText } from "../address.ts";
import { count } from "../count.ts";
import { gateMatrix, KIND_NAMES, type SwitchRow } from "../gates/matrix.ts";
import { html, type Markup } from "./markup.ts";
import { factLines, filterBox, headingMarkup, LINE, tableFrame } from "./parts.ts";
import { type Column, tableHead } from "./table-head.ts";

const EFFECTS = ["silences", "enables", "redirects"] as const satisfies readonly GateEffect[];
/** What redirects takes any value. */
const VALUED = EFFECTS.filter((effect) => effect !== "redirects");
const COLUMN = { silences: "Stops", enables: "Needed for", redirects: "Moves" } satisfies Record<GateEffect, string>;
const COLUMNS: Column[] = [
  { title: "Switch", sort: true },
  ...EFFECTS.map((effect) => ({ title: COLUMN[effect], sort: true as const })),
];
const EVENTS = 3;
const ENDPOINTS = 3;

/** Switches against what they act on. A row opens to show which. */
export function gateTable(report: Report): Markup | null {
  const { switches } = gateMatrix(report);
  const acting = new Set(switches.filter(({ kind }) => kind === "env").map(({ name }) => name));
  const idle = report.environment.map(({ name }) => name).filter((name) => !acting.has(name));
  if (switches.length + idle.length === 0) return null;
  return html`${headingMarkup("switches", "Switches", String(switches.length))}
<p class="about">Environment variables, settings and remote flags that change what is sent, and how many endpoints
and events they stop, open or move. Partly: other code paths bypass it. Open a row to see which.</p>
${switches.length === 0 ? null : matrix(switches)}
${idle.length === 0 ? null : html`<details class="after lines"><summary>${count(idle.length, "other environment variable")} read, with no effect seen on what is sent</summary>${idle.join(", ")}</details>`}`;
}

function matrix(switches: readonly SwitchRow[]): Markup {
  const kinds = [...new Set(switches.map(({ kind }) => kind))];
  return html`${filterBox("switch-table", [{ name: "kind", label: "Kind", column: null, values: kinds }])}
${tableFrame(
  "Switches",
  html`<table id="switch-table" class="names stacked">${tableHead(COLUMNS)}
<tbody>${switches.map(
    (row) =>
      html`
<tr data-kind="${row.kind}"><th scope="row"><details><summary>${titleOf(row)}${row.kind === "env" ? "" : ` (${KIND_NAMES[row.kind]})`}</summary>${inside(row)}</details>${EFFECTS.map((effect) => html`<td>${reachWords(row, effect)}`)}`,
  )}</tbody></table>`,
)}`;
}

/** `NAME=1|true` where it is the same values that stop and open. */
function titleOf(row: SwitchRow): string {
  const values = valuesOf(row, VALUED);
  return row.name + (values.length === 1 ? values[0]! : "");
}

const touched = <T extends { effect: GateEffect }>(all: readonly T[], effect: GateEffect): T[] =>
  all.filter((one) => one.effect === effect);

/** `22 endpoints (3 partly), 735 events` */
function reachWords(row: SwitchRow, effect: GateEffect): string {
  const endpoints = touched(row.endpoints, effect);
  const partly = endpoints.filter(({ ways }) => ways !== undefined).length;
  const events = touched(row.events, effect).length;
  return [
    ...(endpoints.length > 0 ? [count(endpoints.length, "endpoint") + (partly > 0 ? ` (${partly} partly)` : "")] : []),
    ...(events > 0 ? [count(events, "event")] : []),
  ].join(", ");
}

function inside(row: SwitchRow): Markup {
  const { endpoints, events } = row;
  const isTitle = valuesOf(row, VALUED).length < 2;
  return factLines(
    EFFECTS.flatMap((effect): [string, Markup[] | string | null][] => {
      const names = touched(events, effect).map(({ name }) => name);
      const more = names.length > EVENTS ? ` and ${names.length - EVENTS} more: search for the switch` : "";
      return [
        [`${COLUMN[effect].toLowerCase()} with`, isTitle ? null : valuesOf(row, [effect]).join(" or ")],
        [COLUMN[effect].toLowerCase(), endpointLinks(touched(endpoints, effect))],
        [
          `${COLUMN[effect].toLowerCase()} events`,
          names.length === 0 ? null : names.slice(0, EVENTS).join(", ") + more,
        ],
      ];
    }),
  );
}

/** The values that act: `=1|true`, where the code tells. */
function valuesOf({ endpoints, events }: SwitchRow, effects: readonly GateEffect[]): string[] {
  const acting = [...endpoints, ...events].filter(({ effect }) => effects.includes(effect));
  return [...new Set(acting.flatMap(({ when }) => (when === undefined ? [] : whenText("", when))))];
}

const partly = (ways: "some" | undefined): string => (ways === undefined ? "" : " partly");

function endpointLinks(rows: SwitchRow["endpoints"]): Markup[] {
  const links = rows
    .slice(0, ENDPOINTS)
    .map(
      ({ endpoint: { id, method, url }, ways }, index) =>
        html`${index === 0 ? "" : LINE}<a href="#e-${id}">${method} ${addressText(url)}</a>${partly(ways)}`,
    );
  const more = rows.length - ENDPOINTS;
  return more > 0 ? [...links, html`${LINE}and ${more} more: search for the switch`] : links;
}
