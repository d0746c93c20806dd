import type { Check } from "../../model/check.ts";
import type { Report } from "../../model/report.ts";
import { CATALOGUE_SCHEMA_VERSION, type Catalogue, type CatalogueVersion } from "../../model/signatures/catalogue.ts";
import { count } from "../count.ts";
import { code, prose, table } from "../markdown-escape.ts";

/** Names that mean one folder or file and nothing else, on every system. */
export const isPlainName = (name: string): boolean => /^[a-z\d_][\w.+-]{0,99}$/i.test(name) && !name.endsWith(".");

/** Folder of a report: the tool's id, or the package's name without what a path could act on. */
export const folderOf = ({ tool, package: { name } }: Report): string =>
  tool ?? name.replace(/^@/, "").replace(/[^\w.-]+/g, "-");

/** The entry of a report; null where name or version can't be a file name. */
export function entryOf(report: Report): { id: string; package: string; entry: CatalogueVersion } | null {
  const id = folderOf(report);
  const { name, version, integrity } = report.package;
  if (!isPlainName(id) || !isPlainName(version)) return null;
  const { stats, endpoints, events, credentials } = report;
  const counts = {
    endpoints: endpoints.length,
    hosts: stats.hosts,
    events: events.length,
    credentials: credentials.length,
  };
  return { id, package: name, entry: { version, file: `${id}/${version}.json`, integrity, ...counts } };
}

/** Path of what a run of a published release fired. */
export const observedFileOf = (id: string, version: string): string => `${id}/${version}.observed.json`;

/** The catalogue with the result of a run beside the report it was held against. */
export function withObservation(catalogue: Catalogue, id: string, of: string, { fired, summary }: Check): Catalogue {
  const observed = {
    file: observedFileOf(id, of),
    fired: fired.length,
    requests: summary.requests,
    unpredicted: summary.unpredicted.distinct,
  };
  const mark = (entry: CatalogueVersion) => (entry.version === of ? { ...entry, observed } : entry);
  const tools = catalogue.tools.map((tool) => (tool.id === id ? { ...tool, versions: tool.versions.map(mark) } : tool));
  return { ...catalogue, tools };
}

/** The catalogue with a report added, or put in the place of the one of the same version. */
export function withReport(
  catalogue: Catalogue,
  report: Report,
  compareVersions: (a: string, b: string) => number,
): Catalogue {
  const made = entryOf(report);
  if (made === null) return catalogue;
  const { id, package: name, entry } = made;
  const others = catalogue.tools.filter((tool) => tool.id !== id);
  const known = catalogue.tools.find((tool) => tool.id === id)?.versions ?? [];
  const observed = known.find(({ version }) => version === entry.version)?.observed;
  const versions = [
    ...known.filter(({ version }) => version !== entry.version),
    observed === undefined ? entry : { ...entry, observed },
  ];
  versions.sort((a, b) => compareVersions(a.version, b.version));
  const tools = [...others, { id, package: name, versions }].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { schemaVersion: CATALOGUE_SCHEMA_VERSION, tools };
}

export const emptyCatalogue: Catalogue = { schemaVersion: CATALOGUE_SCHEMA_VERSION, tools: [] };

/** reports/README.md: what is published, in numbers. */
export function renderCatalogue({ tools }: Catalogue): string {
  const total = tools.reduce((sum, { versions }) => sum + versions.length, 0);
  const blocks = tools.flatMap(({ id, package: name, versions }) => [
    `## ${prose(id)}`,
    `npm package ${code(name)}`,
    table(
      ["Version", "Endpoints", "Hosts", "Events", "Keys", "Report", "In a sealed run"],
      versions.map(({ version, endpoints, hosts, events, credentials, file, observed }) => [
        prose(version),
        ...[endpoints, hosts, events, credentials].map(String),
        `[JSON](${file})`,
        observed === undefined
          ? ""
          : `[${observed.fired} fired, ${observed.unpredicted} unpredicted](${observed.file})`,
      ]),
    ),
  ]);
  return `${[
    "# Published reports",
    `What ${count(total, "release")} of ${count(tools.length, "tool")} can send, as predicted by \`extract publish\` from the packages on npm. [index.json](index.json) lists them; [schema/](schema/) describes the files.`,
    "`npm run reports` makes every report here again, byte for byte. What was observed comes from one run each (`extract check SPEC --capture --publish reports`): absence says that a short run did not use an endpoint.",
    ...blocks,
  ].join("\n\n")}\n`;
}
