import type { Check } from "../../model/check.ts";
import type { Credential, Endpoint, Report } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
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
import { type Column, tableHead } from "./table-head.ts";
import { usualReasons } from "./usual-reasons.ts";

/** Every endpoint with what goes with it, what acts on it, and how it was found. */
export function endpointTable(report: Report, check: Check | null): Markup {
  const { endpoints } = report;
  const byHash = new Map(report.credentials.map((credential) => [credential.sha256, credential]));
  const fired = check === null ? null : firedCounts(check);
  const usual = usualReasons(endpoints);
  const values = (of: (endpoint: Endpoint) => string) => [...new Set(endpoints.map(of))].sort();
  const rows = byStanding(byConcern(endpoints), ({ url }) => url);
  const columns: (Column | null)[] = [
    { title: "Method", sort: true },
    { title: "Host and path", sort: true },
    { title: "Channel", sort: true },
    { title: "If blocked", sort: true },
    fired === null ? null : { title: "Seen", sort: true },
  ];
  return html`${headingMarkup("endpoints", "Endpoints", String(endpoints.length))}
<p class="about">A URL that reaches a network call. Open a row for its headers, switches, and the way from the code
to the URL; <var>{…}</var> is known only when the program runs.</p>
${filterBox("endpoint-table", [
  { name: "channel", label: "Channel", column: 2, values: values(({ channel }) => channel) },
  { name: "effect", label: "If blocked", column: 3, values: values(({ ifBlocked }) => ifBlocked.effect) },
  { name: "method", label: "Method", column: 0, values: values(({ method }) => method) },
  ...(fired === null ? [] : [{ name: "seen", label: "Seen", column: 4, values: ["fired", "dormant"] }]),
])}
${tableFrame(
  "Endpoints",
  html`<table id="endpoint-table" class="stacked">${tableHead(columns)}
<tbody>${rows.map((endpoint) => row(endpoint, byHash, usual, fired))}</tbody></table>`,
)}`;
}

/** What reports on the user first, what bundled libraries do on their own last. */
const byConcern = (endpoints: readonly Endpoint[]): Endpoint[] =>
  [...endpoints].sort((a, b) => concernOf(a) - concernOf(b));

const concernOf = ({ channel, apart }: Endpoint): number =>
  TELEMETRY_CHANNELS.includes(channel) ? 0 : apart === undefined ? 1 : 2;

const firedCounts = (check: Check): Map<string, number> => new Map(check.firings.map(({ id, count }) => [id, count]));

function row(
  endpoint: Endpoint,
  byHash: ReadonlyMap<string, Credential>,
  usual: ReadonlyMap<string, string>,
  fired: ReadonlyMap<string, number> | null,
): Markup {
  const { id, method, url, channel, ifBlocked, confidence } = endpoint;
  const { host, path } = splitAddress(url);
  const times = fired?.get(id);
  const seen =
    fired === null ? null : html`<td data-key="${times ?? 0}">${times === undefined ? "dormant" : `fired ×${times}`}`;
  const doubt = confidence === "partial" || confidence === "low" ? ` (${confidence})` : "";
  const address = html`<summary>${urlText(host, path)}${doubt}</summary>`;
  const details = html`<details>${address}${inside(endpoint, byHash, usual)}</details>`;
  return html`<tr id="e-${id}"><td>${method}<td>${details}<td>${channel}<td>${effectTag(ifBlocked.effect)}${seen}
`;
}

function inside(
  endpoint: Endpoint,
  byHash: ReadonlyMap<string, Credential>,
  usual: ReadonlyMap<string, string>,
): Markup {
  const { kind, vendor, channel, url, alternatives, headers, dataClasses, gates, credentials, ifBlocked, evidence } =
    endpoint;
  const { path } = splitAddress(url);
  const [elsewhere = [], others = []] = [true, false].map((isSame) =>
    alternatives.filter((other) => (splitAddress(other).path === path) === isSame),
  );
  // a variable that moves the request is said to
  const moving = new Set(gates.flatMap(({ name, effect }) => (effect === "redirects" ? [`{${name}}`] : [])));
  const open = factsOf(endpoint, byHash, true)
    .flatMap(({ label, words }) => (label === "open" ? words : []))
    .filter((words) => !moving.has(words.slice(0, words.indexOf(":"))));
  return factLines([
    ["kind", kind === "request" ? null : kind],
    ["vendor", vendor],
    ["apart", endpoint.apart === undefined ? null : (endpoint.apart.name ?? endpoint.apart.why)],
    ["blocked", usual.get(channel) === ifBlocked.reason ? null : ifBlocked.reason],
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
    ["also on", elsewhere.map((url) => splitAddress(url).host).join(", ")],
    ["or", others.join(", ")],
    ["open parts", open.join("; ")],
    ["at", evidenceText(evidence)],
  ]);
}
