import type { Report, SourceOnly } from "../../model/report.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { cut, heading, moreLine, type Page, rows, wrap } from "./page.ts";

const SHOWN = 12;

/** How the original sources differ from the bundle, where both were analysed. */
export function sourceLines(report: Report, sheet: Page): string[] {
  if (report.sources === undefined) return [];
  const { onlyInSources, onlyInBundle } = report.sources;
  const { endpoints, events } = onlyInSources;
  const all = [
    ...endpoints.map((endpoint) => ({ ...endpoint, title: `${endpoint.method} ${endpoint.url}` })),
    ...events.map((event) => ({ ...event, title: event.name })),
  ].sort((a, b) => Number(b.dead) - Number(a.dead));
  const dead = all.filter((row) => row.dead).length;
  const { shown, more } = cut(sheet, all, SHOWN);
  const removed = dead === 0 ? "" : `; the bundler removed ${dead.toLocaleString("en-US")} of these`;
  return [
    "",
    ...heading(
      sheet,
      "only in the sources",
      `${some(endpoints.length, "endpoint")}, ${some(events.length, "event")}${removed}`,
    ),
    ...rows(
      sheet,
      shown.map((row) => ({ left: `  ${visible(row.title)}`, right: whereOf(row), paint: (left: string) => left })),
    ).flat(),
    ...moreLine(sheet, "  ", more, "row"),
    ...bundleLine(onlyInBundle, sheet),
  ];
}

const some = (amount: number, noun: string): string => (amount === 0 ? `no ${noun}` : count(amount, noun));

function whereOf({ dead, evidence: [first] }: SourceOnly): string {
  const place = first === undefined ? "" : `${visible(first.file)}:${first.line}`;
  return dead ? place : `${place} (in the bundle, where nothing was found to send it)`;
}

function bundleLine({ endpoints, events }: { endpoints: string[]; events: string[] }, sheet: Page): string[] {
  if (endpoints.length === 0 && events.length === 0) return [];
  const line = `${some(endpoints.length, "endpoint")} and ${some(events.length, "event")} were found in the bundle only`;
  return wrap(sheet, "  ", line.split(" "), " ").map(sheet.ink.dim);
}
