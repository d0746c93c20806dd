import type { Check } from "../../model/check.ts";
import { grouped } from "../../model/group.ts";
import type { Endpoint, Evidence, Gate, Report } from "../../model/report.ts";
import { addressText, splitAddress } from "../address.ts";
import { html, type Markup } from "./markup.ts";
import { evidenceText, factLines, filterBox, gateLines, headingMarkup, tableFrame } from "./parts.ts";
import { type Column, tableHead } from "./table-head.ts";

/** Telemetry events with their fields, where they go, and what silences them. */
export function eventTable(report: Report, check: Check | null): Markup | null {
  const { events, endpoints } = report;
  if (events.length === 0) return null;
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const seen = check === null ? null : new Set(check.events.seen.map(({ name }) => name));
  const usual = usualWay(events.map(({ pipelines }) => pipelines));
  const usualGates = mostOften(events.map(({ gates }) => gates));
  const columns: (Column | null)[] = [
    { title: "Name", sort: true },
    "Goes to",
    seen === null ? null : { title: "Seen", sort: true },
  ];
  return html`${headingMarkup("events", "Events", String(events.length))}
<p class="about" id="event-ways">Names the program can report. ${usual === null ? null : html`They go to ${hosts(usual, byId)} unless it is said. `}${usualGates.length === 0 ? "" : `Switches, where nothing else is said: ${gateLines(usualGates)}. `}Open a row for its fields and places.</p>
${filterBox("event-table", seen === null ? [] : [SEEN])}
${tableFrame(
  "Events",
  html`<table id="event-table" class="stacked">${tableHead(columns)}
<tbody>${events.map(({ name, fields, pipelines, gates, evidence }) => {
    const mark = seen?.has(name) ? "fired" : "dormant";
    const isUsual = usual !== null && pipelines.join() === usual.join();
    const places = placeText(evidence);
    const facts = (
      [
        ["fields", fields.join(", ")],
        ["goes to", isUsual || pipelines.length < 2 ? "" : requests(pipelines, byId)],
        ["switches", gatesText(gates, usualGates)],
        ["at", places],
      ] as [string, string | Markup[]][]
    ).filter(([, content]) => content.length > 0);
    const content =
      facts.length === 1
        ? html`${name} <span class="soft">${places}</span>`
        : html`<details><summary>${name}</summary>${factLines(facts)}</details>`;
    return html`<tr><td>${content}${isUsual && seen === null ? null : html`<td>${isUsual ? null : pipelines.length === 0 ? "not found" : pipelines.length === 1 ? requests(pipelines, byId) : hosts(pipelines, byId)}`}${seen === null ? null : html`<td>${mark}`}
`;
  })}</tbody></table>`,
)}`;
}

const SEEN = { name: "seen", label: "Seen", column: 2, values: ["fired", "dormant"] };
const PLACES = 2;

/** The place alone: the steps to a name are its text. */
const placeText = (evidence: readonly Evidence[]): Markup[] =>
  evidenceText(
    evidence.map(({ derivation: _, ...place }) => place),
    PLACES,
  );

const key = (gate: Gate): string => JSON.stringify(gate);

/** The gates that most events have: they are said once. */
function mostOften(all: readonly (readonly Gate[])[]): readonly Gate[] {
  const [first] = [...grouped(all, (gates) => gates.map(key).join()).values()].sort((a, b) => b.length - a.length);
  return first === undefined || first.length < 2 ? [] : first[0]!;
}

/** `as most`, what comes to it, or all of them where one of the usual is missing. */
function gatesText(gates: readonly Gate[], usual: readonly Gate[]): string {
  const keys = new Set(gates.map(key));
  if (usual.length === 0 || !usual.every((gate) => keys.has(key(gate)))) return gateLines(gates) || "none";
  const known = new Set(usual.map(key));
  const rest = gates.filter((gate) => !known.has(key(gate)));
  return rest.length === 0 ? "" : `as most, and ${gateLines(rest)}`;
}

/** Where most of them go, if that is somewhere. */
function usualWay(ways: readonly (readonly string[])[]): readonly string[] | null {
  const [first] = [...grouped(ways, (way) => way.join()).values()].sort((a, b) => b.length - a.length);
  return first === undefined || first.length < 2 || first[0]!.length === 0 ? null : first[0]!;
}

type ById = ReadonlyMap<string, Endpoint>;

const HOSTS = 3;
const REQUESTS = 12;

/** Each host once, with the number of its endpoints where it is more than one. */
function hosts(pipelines: readonly string[], byId: ById): Markup[] {
  const all = [...grouped(pipelines, (id) => hostOf(id, byId))];
  return listed(
    all,
    HOSTS,
    ([host, ids]) =>
      html`<a href="#e-${ids[0]!}">${host}</a>${ids.length > 1 ? html` <span class="soft">×${ids.length}</span>` : null}`,
  );
}

const requests = (pipelines: readonly string[], byId: ById): Markup[] =>
  listed(pipelines, REQUESTS, (id) => html`<a href="#e-${id}">${addressText(byId.get(id)?.url ?? id)}</a>`);

function listed<T>(all: readonly T[], most: number, each: (item: T) => Markup): Markup[] {
  const shown = all.slice(0, most).map((item, index) => html`${index === 0 ? "" : ", "}${each(item)}`);
  return all.length > most ? [...shown, html` <span class="soft">and ${all.length - most} more</span>`] : shown;
}

function hostOf(id: string, byId: ById): string {
  const url = byId.get(id)?.url;
  return url === undefined ? id : splitAddress(url).host || url;
}
