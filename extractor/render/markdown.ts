import { grouped } from "../model/group.ts";
import type { Credential, Endpoint, Report } from "../model/report.ts";
import { count } from "./count.ts";
import { cutLines } from "./cut-words.ts";
import { familiesOf } from "./event-families.ts";
import { BLOCKING, factsOf } from "./facts.ts";
import { code, prose, table } from "./markdown-escape.ts";
import type { Rendering } from "./rendering.ts";
import { effectsOf, switchesOf } from "./switches.ts";

const NAMES_PER_FAMILY = 20;

type Section = (report: Report, all: boolean) => string[];

const SECTIONS: Section[] = [title, endpoints, events, credentials, switches, references, sources, diagnostics];

/** A report as GitHub-flavoured Markdown: for issues, wikis and pull requests. Endpoints are always complete. */
export function renderMarkdown(report: Report, rendering: Rendering): string {
  const blocks = SECTIONS.flatMap((section) => section(report, rendering.all));
  return `${blocks.join("\n\n")}\n`;
}

function title(report: Report): string[] {
  const { name, version, published, integrity, files } = report.package;
  const facts = [
    `${count(report.endpoints.length, "endpoint")} on ${count(report.stats.hosts, "host")}`,
    count(report.events.length, "telemetry event"),
    count(report.credentials.length, "baked-in credential"),
    count(files, "file"),
    ...(published === undefined ? [] : [`published ${prose(published.slice(0, 10))}`]),
    ...(integrity === null ? [] : [code(integrity)]),
  ];
  return [`# What ${prose(`${name} ${version}`)} can send`, facts.join(" · ")];
}

function endpoints(report: Report): string[] {
  const byHash = new Map(report.credentials.map((credential) => [credential.sha256, credential]));
  const channels = [...grouped(report.endpoints, ({ channel }) => channel)].sort(([a], [b]) => (a < b ? -1 : 1));
  return channels.flatMap(([channel, own]) => [
    `## ${prose(channel)} (${own.length})`,
    ...blockingLines(own),
    table(
      ["Method", "URL", "Goes with it, acts on it", "Evidence"],
      own.map((endpoint) => [endpoint.method, code(endpoint.url), factCell(endpoint, byHash), place(endpoint)]),
    ),
  ]);
}

/** One line for each different effect, with how many endpoints it is about where there are several. */
function blockingLines(own: Endpoint[]): string[] {
  const effects = grouped(own, ({ ifBlocked }) => `${BLOCKING[ifBlocked.effect]}: ${ifBlocked.reason}`);
  return [...effects].map(([effect, members]) => prose(effect) + (effects.size > 1 ? ` (${members.length})` : ""));
}

function factCell(endpoint: Endpoint, byHash: ReadonlyMap<string, Credential>): string {
  return factsOf(endpoint, byHash, true)
    .map(({ label, words }) => `${label} ${words.map(code).join(", ")}`)
    .join("<br>");
}

function place({ evidence }: Pick<Endpoint, "evidence">): string {
  const [first] = evidence;
  if (first === undefined) return "";
  const { file, line, column, source } = first;
  const original = source === undefined ? "" : ` (${code(`${source.file}:${source.line}`)})`;
  return code(`${file}:${line}:${column}`) + original + (evidence.length > 1 ? ` +${evidence.length - 1}` : "");
}

function events(report: Report, all: boolean): string[] {
  if (report.events.length === 0) return [];
  const rows = familiesOf(report.events.map(({ name }) => name)).map(([prefix, names]) => {
    const shown = all ? names : names.slice(0, NAMES_PER_FAMILY);
    const more = names.length - shown.length;
    const cell = shown.map(code).join(", ") + (more > 0 ? ` and ${more} more (\`--all\`, or \`--format json\`)` : "");
    return [prefix.startsWith("(") ? prose(prefix) : code(prefix), String(names.length), cell];
  });
  return [`## Events (${report.events.length})`, table(["Prefix", "Names", "Which"], rows)];
}

function credentials(report: Report): string[] {
  if (report.credentials.length === 0) return [];
  const rows = report.credentials.map((credential) => [
    prose(credential.kind),
    code(credential.value ?? credential.prefix),
    prose(credential.sentAs ?? ""),
    code(credential.sha256),
    place(credential),
  ]);
  return [
    `## Credentials (${report.credentials.length})`,
    table(["Kind", "Value", "Sent as", "SHA-256", "Evidence"], rows),
  ];
}

function switches(report: Report): string[] {
  const rows = switchesOf(report).map((row) => [row.kind, code(row.told), effectsOf(row).join("; ")]);
  return rows.length === 0 ? [] : [`## Switches (${rows.length})`, table(["Kind", "Name", "Effect"], rows)];
}

function references(report: Report, all: boolean): string[] {
  if (report.references.length === 0) return [];
  const classes = [...grouped(report.references, (reference) => reference.class)];
  const lines = [
    `## References (${report.references.length})`,
    "URLs that no network call was seen to use.",
    classes.map(([name, own]) => `${prose(name)} ${own.length}`).join(", "),
  ];
  if (!all) return lines;
  const rows = report.references.map((reference) => [prose(reference.class), code(reference.url), place(reference)]);
  return [...lines, table(["Class", "URL", "Evidence"], rows)];
}

function sources(report: Report): string[] {
  if (report.sources === undefined) return [];
  const { endpoints, events } = report.sources.onlyInSources;
  const all = [
    ...endpoints.map((endpoint) => ({ ...endpoint, name: `${endpoint.method} ${endpoint.url}` })),
    ...events,
  ];
  if (all.length === 0) return [];
  const rows = all.map((row) => [code(row.name), row.dead ? "yes" : "no", prose(row.reason), place(row)]);
  return [
    `## Only in the original sources (${all.length})`,
    table(["Endpoint or event", "Removed by the bundler", "Reason", "Evidence"], rows),
  ];
}

function diagnostics(report: Report): string[] {
  if (report.diagnostics.length === 0) return [];
  const rows = report.diagnostics.map(({ kind, count: times, detail }) => [prose(kind), String(times), prose(detail)]);
  const cuts = cutLines(report).map(({ words, evidence, endpoints: found }) => [
    prose(words),
    found.map(code).join("<br>"),
    place({ evidence: [evidence] }),
  ]);
  return [
    "## Not understood",
    "Skipped, cut or unresolved.",
    table(["Kind", "Count", "For example"], rows),
    ...(cuts.length === 0 ? [] : [table(["Followed in part", "Found there", "Evidence"], cuts)]),
  ];
}
