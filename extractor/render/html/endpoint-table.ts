import type { Check } from "../../model/check.ts";
import type { Credential, Endpoint, Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { describeCredential, factsOf } from "../facts.ts";
import { byStanding } from "./host-rank.ts";
import { html, type Markup } from "./markup.ts";
import {
  effectTag,
  evidenceText,
  factLines,
  filterBox,
  gateLines,
  headingMarkup,
  tableFrame,
  urlText,
} from "./parts.ts";

/** Every endpoint with what goes with it, what acts on it, and how it was found. */
export function endpointTable(report: Report, check: Check | null): Markup {
  const { endpoints } = report;
  const byHash = new Map(report.credentials.map((credential) => [credential.sha256, credential]));
  const fired = check === null ? null : firedCounts(check);
  const values = (of: (endpoint: Endpoint) => string) => [...new Set(endpoints.map(of))].sort();
  return html`${headingMarkup("endpoints", "Endpoints", String(endpoints.length))}
<p class="about">A URL that reaches a network call. Open a row for its headers, switches, and the way from the code to the URL; <span class="hole">{…}</span> is known only when the program runs.</p>
${filterBox("endpoint-table", [
  { name: "channel", label: "Channel", values: values(({ channel }) => channel) },
  { name: "effect", label: "If blocked", values: values(({ ifBlocked }) => ifBlocked.effect) },
  { name: "method", label: "Method", values: values(({ method }) => method) },
  ...(fired === null ? [] : [{ name: "seen", label: "Seen", values: ["fired", "dormant"] }]),
])}
${tableFrame(
  "Endpoints",
  html`<table id="endpoint-table"><thead><tr><th scope="col" data-sort>Method</th><th scope="col" data-sort>Host and path</th><th scope="col" class="wide" data-sort>Channel</th><th scope="col" class="wide" data-sort>If blocked</th>${
    fired === null ? null : html`<th scope="col" data-sort>Seen</th>`
  }</tr></thead>
<tbody>${byStanding(endpoints, ({ url }) => url).map((endpoint) => row(endpoint, byHash, fired))}</tbody></table>`,
)}`;
}

const firedCounts = (check: Check): Map<string, number> => new Map(check.firings.map(({ id, count }) => [id, count]));

function row(
  endpoint: Endpoint,
  byHash: ReadonlyMap<string, Credential>,
  fired: ReadonlyMap<string, number> | null,
): Markup {
  const { id, method, url, channel, ifBlocked, confidence } = endpoint;
  const { host, path } = splitAddress(url);
  const times = fired?.get(id);
  return html`<tr id="e-${id}" data-channel="${channel}" data-effect="${ifBlocked.effect}" data-method="${method}"${fired === null ? null : html` data-seen="${times === undefined ? "dormant" : "fired"}"`}><td class="method">${method}</td><td><details><summary>${urlText(host, path)}${confidence === "partial" || confidence === "low" ? ` (${confidence})` : ""}</summary>${inside(endpoint, byHash)}</details><p class="narrow">${ifBlocked.effect} · ${channel}</p></td><td class="wide">${channel}</td><td class="wide">${effectTag(ifBlocked.effect)}</td>${
    fired === null
      ? null
      : html`<td data-key="${times ?? 0}">${times === undefined ? "dormant" : `fired ×${times}`}</td>`
  }</tr>
`;
}

function inside(endpoint: Endpoint, byHash: ReadonlyMap<string, Credential>): Markup {
  const { kind, vendor, alternatives, headers, dataClasses, gates, credentials, ifBlocked, evidence } = endpoint;
  const open = factsOf(endpoint, byHash, true).find(({ label }) => label === "open");
  return factLines([
    ["kind", kind === "request" ? null : kind],
    ["vendor", vendor],
    ["apart", endpoint.apart === undefined ? null : (endpoint.apart.name ?? endpoint.apart.why)],
    ["blocked", ifBlocked.reason],
    ["switches", gateLines(gates)],
    ["carries", dataClasses.join(", ")],
    ["headers", headers.join(", ")],
    [
      "keys",
      credentials
        .flatMap((sha256) => byHash.get(sha256) ?? [])
        .map(describeCredential)
        .join(", "),
    ],
    ["or", alternatives.join(", ")],
    ["open parts", open === undefined ? null : open.words.join("; ")],
    ["found at", evidenceText(evidence)],
  ]);
}
