import type { Endpoint, Pipeline, Report, TelemetryEvent } from "../../model/report.ts";
import { splitAddress } from "../address.ts";
import { count } from "../count.ts";
import { familiesOf } from "../event-families.ts";
import { pipelineWords } from "../pipeline-words.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, wrap } from "./page.ts";

const GROUPS = 12;
const NAMES_PER_GROUP = 8;
const PIPELINES = 5;

/** How many events there are, where they go, and the first names of each family of names. */
export function eventLines(report: Report, sheet: Page): string[] {
  if (report.events.length === 0) return [];
  const families = familiesOf(report.events.map((event) => event.name));
  const { shown, more } = cut(sheet, families, GROUPS);
  const width = longest(shown.map(([prefix, names]) => `${visible(prefix)} ${names.length}`));
  return [
    "",
    ...heading(sheet, "events", count(report.events.length, "name")),
    ...pipelineLines(report, sheet),
    ...shown.flatMap(([prefix, names]) => familyLines(visible(prefix), names, width, sheet)),
    ...moreLine(sheet, "  ", more, "group"),
  ];
}

function familyLines(prefix: string, names: string[], width: number, sheet: Page): string[] {
  const { shown, more } = cut(sheet, names, NAMES_PER_GROUP);
  const size = String(names.length);
  const start = `  ${prefix}${size.padStart(width - prefix.length)}  `;
  return [
    ...wrap(sheet, start, shown.map(visible)).map((line, index) =>
      index === 0 ? `  ${sheet.ink.cyan(prefix)}${line.slice(2 + prefix.length)}` : line,
    ),
    ...moreLine(sheet, " ".repeat(start.length), more, "name"),
  ];
}

function pipelineLines(report: Report, sheet: Page): string[] {
  const endpoints = new Map(report.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const sizes = new Map<string, number>();
  for (const event of report.events) for (const id of event.pipelines) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  const known = [...sizes].filter(([id]) => endpoints.has(id)).sort(([, a], [, b]) => b - a);
  const { shown, more } = cut(sheet, known, PIPELINES);
  return [
    ...shown.flatMap(([id, size]) => [
      sheet.ink.dim(`  ${size.toLocaleString("en-US")} to ${address(endpoints.get(id)!)}`),
      ...(report.pipelines ?? [])
        .filter(({ endpoint }) => endpoint === id)
        .flatMap((pipeline) => [...pipelineWords(pipeline), ...(sheet.all ? dimensionWords(pipeline) : [])])
        .flatMap((words) => wrap(sheet, "      ", words.split(" "), " ").map(sheet.ink.dim)),
    ]),
    ...moreLine(sheet, "  ", more, "destination"),
    ...unsentLines(report.events, sheet),
  ];
}

/** `core.process: rss, uptime` */
const dimensionWords = ({ dimensions }: Pipeline): string[] =>
  (dimensions?.groups ?? []).map(
    ({ path, fields }) => `${path === "" ? "outermost" : visible(path)}: ${fields.map(visible).join(", ")}`,
  );

function unsentLines(events: readonly TelemetryEvent[], sheet: Page): string[] {
  const unsent = events.filter((event) => event.pipelines.length === 0).length;
  return unsent === 0 ? [] : [sheet.ink.dim(`  ${unsent.toLocaleString("en-US")} whose destination was not found`)];
}

function address(endpoint: Endpoint): string {
  const { host, path } = splitAddress(endpoint.url);
  return `${endpoint.method} ${visibleHost(host)}${visible(path)}`;
}
