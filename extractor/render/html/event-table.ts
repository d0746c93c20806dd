import type { Check } from "../../model/check.ts";
import type { Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { html, type Markup } from "./markup.ts";
import { codes, evidenceList, facts, filterBox, gateWords, heading, tableFrame } from "./parts.ts";

/** Telemetry events with their fields, where they go, and what silences them. */
export function eventTable(report: Report, check: Check | null): Markup | null {
  const { events, endpoints } = report;
  if (events.length === 0) return null;
  const hosts = new Map(endpoints.map(({ id, url }) => [id, splitAddress(url).host || url]));
  const seen = check === null ? null : new Set(check.events.seen.map(({ name }) => name));
  const targets = (pipelines: readonly string[]) =>
    pipelines.map((id, index) => html`${index === 0 ? "" : ", "}<a href="#e-${id}">${hosts.get(id) ?? id}</a>`);
  return html`${heading("events", "Events", String(events.length))}
<p class="about">Names the program can report. Open a row for its fields and places.</p>
${filterBox("event-table", "name, field, switch", seen === null ? [] : [{ name: "seen", label: "Seen", values: ["fired", "dormant"] }])}
${tableFrame(
  "Events",
  html`<table id="event-table"><thead><tr><th scope="col" data-sort>Name</th><th scope="col" class="n" data-sort>Fields</th><th scope="col" class="wide">Goes to</th>${seen === null ? null : html`<th scope="col" data-sort>Seen</th>`}</tr></thead>
<tbody>${events.map(({ name, fields, pipelines, gates, evidence }) => {
    const mark = seen?.has(name) ? "fired" : "dormant";
    return html`<tr data-seen="${mark}"><td data-key="${name}"><details><summary><code>${name}</code></summary><div class="inside">${facts(
      [
        ["fields", codes(fields)],
        ["goes to", targets(pipelines)],
        ["switches", gateWords(gates)],
        ["found at", evidenceList(evidence)],
      ],
    )}</div></details></td><td class="n">${fields.length}</td><td class="wide">${pipelines.length === 0 ? html`<span class="soft">not found</span>` : targets(pipelines)}</td>${seen === null ? null : html`<td>${mark}</td>`}</tr>
`;
  })}</tbody></table>`,
)}`;
}
