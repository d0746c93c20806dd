import type { Check } from "../../model/check.ts";
import type { Report } from "../../model/report.ts";
import { count, plural } from "../count.ts";
import { channelTable } from "./channel-table.ts";
import { endpointTable } from "./endpoint-table.ts";
import { eventTable } from "./event-table.ts";
import { firstScreenMarkup } from "./first-screen.ts";
import { flowDiagram } from "./flow.ts";
import { gateTable } from "./gate-table.ts";
import { hostTable } from "./host-table.ts";
import { html, type Markup } from "./markup.ts";
import { headingMarkup } from "./parts.ts";
import { credentialTable, diagnosticTable, referenceList } from "./report-tables.ts";

/** Everything about one report, as the body of a page. `downloads` stands below the title. */
export function reportPage(report: Report, check: Check | null, downloads: Markup): Markup {
  const { name, version, published, integrity, files, bytes } = report.package;
  const flow = flowDiagram(report);
  return html`<h1>${name} <small>${version}</small></h1>
<p class="soft">What this program can send, where, and which switch stops it.${published === undefined ? "" : ` Published ${published.slice(0, 10)}.`} Read from ${count(files, "file")} (${(bytes / 1e6).toFixed(1)}\u00a0MB).</p>
${integrity === null ? null : html`<p class="integrity"><code>${integrity}</code></p>`}
${tiles(report, check)}
${firstScreenMarkup(report)}
${downloads}
<div class="controls search" hidden><label>Search everything<input type="search" id="find" placeholder="host, path, event, switch, header" autocomplete="off"></label></div>
${contents(report)}
${
  flow === null
    ? null
    : html`${headingMarkup("flow", "Where it goes", "tool, channel, host")}
<p class="about">The more events and endpoints use a ribbon, the wider it is; each doubling adds the same. What
reports on you is on top. The numbers are endpoints.</p>
${flow}`
}
${channelTable(report)}
${hostTable(report)}
${report.endpoints.length === 0 ? html`<p>No endpoint was found.</p>` : endpointTable(report, check)}
${eventTable(report, check)}
${credentialTable(report)}
${gateTable(report)}
${referenceList(report)}
${diagnosticTable(report)}`;
}

/** What the page says, in a sentence. */
export function descriptionOf({ package: { name, version, published }, endpoints, events, stats }: Report): string {
  const day = published === undefined ? "" : ` (published ${published.slice(0, 10)})`;
  return `${name} ${version}${day} can send to ${count(endpoints.length, "endpoint")} on ${count(stats.hosts, "host")}, with ${count(events.length, "telemetry event")}; and which switch stops what.`;
}

function tiles(report: Report, check: Check | null): Markup {
  const safe = report.endpoints.filter(({ ifBlocked }) => ifBlocked.effect === "safe").length;
  const rows: [number, string][] = [
    [report.endpoints.length, "endpoint"],
    [report.stats.hosts, "host"],
    [report.events.length, "telemetry event"],
    [report.credentials.length, "baked-in key"],
    [safe, "endpoint safe to block"],
    ...(check === null ? [] : ([[check.fired.length, "endpoint fired"]] as [number, string][])),
  ];
  const label = (n: number, noun: string) => {
    const [first = "", ...rest] = noun === "telemetry event" || noun === "baked-in key" ? [noun] : noun.split(" ");
    return [n === 1 ? first : plural(first), ...rest].join(" ");
  };
  return html`<ul class="tiles">${rows.map(([n, noun]) => html`<li><b>${n.toLocaleString("en-US")}</b><span>${label(n, noun)}</span></li>`)}</ul>`;
}

function contents({ endpoints, events, credentials, references, diagnostics, environment, stats }: Report): Markup {
  const entries: [string, string, boolean][] = [
    ["flow", "Flow", endpoints.length > 0],
    ["channels", "Channels", endpoints.length > 0],
    ["hosts", "Hosts", stats.hosts > 0],
    ["endpoints", "Endpoints", endpoints.length > 0],
    ["events", "Events", events.length > 0],
    ["keys", "Keys", credentials.length > 0],
    ["switches", "Switches", environment.length > 0],
    ["references", "References", references.length > 0],
    ["gaps", "Not understood", diagnostics.length > 0],
  ];
  return html`<nav class="toc" aria-label="On this page">${entries.flatMap(([id, label, there]) => (there ? [html`<a href="#${id}">${label}</a>`] : []))}</nav>`;
}
