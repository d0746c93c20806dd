import type { Check } from "../../model/check.ts";
import { grouped } from "../../model/group.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { html, type Markup } from "./markup.ts";
import { codes, evidenceList, facts, filterBox, gateWords, heading, tableFrame } from "./parts.ts";

/** Telemetry events with their fields, where they go, and what silences them. */
export function eventTable(report: Report, check: Check | null): Markup | null {
  const { events, endpoints } = report;
  if (events.length === 0) return null;
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const seen = check === null ? null : new Set(check.events.seen.map(({ name }) => name));
  return html`${heading("events", "Events", String(events.length))}
<p class="about">Names the program can report. Open a row for its fields and places.</p>
${filterBox("event-table", "name, field, switch", seen === null ? [] : [{ name: "seen", label: "Seen", values: ["fired", "dormant"] }])}
${tableFrame(
  "Events",
  html`<table id="event-table"><thead><tr><th scope="col" data-sort>Name</th><th scope="col" class="n" data-sort>Fields</th><th scope="col" class="wide">Goes to</th>${seen === null ? null : html`<th scope="col" data-sort>Seen</th>`}</tr></thead>
<tbody>${events.map(({ name, fields, pipelines, gates, evidence }) => {
    const mark = seen?.has(name) ? "fired" : "dormant";
    return html`<tr data-seen="${mark}"><td class="name" data-key="${name}"><details><summary><code>${name}</code></summary><div class="inside">${facts(
      [
        ["fields", codes(fields)],
        ["goes to", requests(pipelines, byId)],
        ["switches", gateWords(gates)],
        ["found at", evidenceList(evidence)],
      ],
    )}</div></details></td><td class="n">${fields.length}</td><td class="wide">${pipelines.length === 0 ? html`<span class="soft">not found</span>` : hosts(pipelines, byId)}</td>${seen === null ? null : html`<td>${mark}</td>`}</tr>
`;
  })}</tbody></table>`,
)}`;
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
  listed(pipelines, REQUESTS, (id) => html`<a href="#e-${id}"><code>${byId.get(id)?.url ?? id}</code></a>`);

function listed<T>(all: readonly T[], most: number, each: (item: T) => Markup): Markup[] {
  const shown = all.slice(0, most).map((item, index) => html`${index === 0 ? "" : ", "}${each(item)}`);
  return all.length > most ? [...shown, html` <span class="soft">and ${all.length - most} more</span>`] : shown;
}

function hostOf(id: string, byId: ById): string {
  const url = byId.get(id)?.url;
  return url === undefined ? id : splitAddress(url).host || url;
}
