import type { Series } from "../../model/series.ts";
import type { Rendering } from "../rendering.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, page } from "../text/page.ts";

const ROWS = 40;

/** Counts per version, and what came and went in between. */
export function renderSeriesText(series: Series, rendering: Rendering): string {
  const sheet = page(rendering);
  const moving = <T extends { first: string; last: string }>(rows: readonly T[]) =>
    rows.filter((row) => !steady(row, series));
  const lines = [
    sheet.ink.bold(visible(series.name)),
    ...counts(series),
    ...lifespans(
      sheet,
      "endpoints that came or went",
      moving(series.endpoints),
      ({ method, url }) => `${method} ${visible(url)}`,
    ),
    ...lifespans(sheet, "hosts that came or went", moving(series.hosts), ({ host }) => visibleHost(host)),
    ...lifespans(sheet, "events that came or went", moving(series.events), ({ name }) => visible(name)),
  ];
  return `${lines.join("\n")}\n`;
}

const HEAD = ["version", "hosts", "endpoints", "events", "keys"];

function counts({ versions }: Series): string[] {
  const rows = versions.map(({ version, hosts, endpoints, events, credentials }) =>
    [visible(version), hosts, endpoints, events, credentials].map(String),
  );
  const widths = HEAD.map((title, column) => longest([title, ...rows.map((row) => row[column]!)]));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  return [HEAD, ...rows].map(line);
}

const steady = ({ first, last }: { first: string; last: string }, { versions }: Series): boolean =>
  first === versions[0]?.version && last === versions.at(-1)?.version;

function lifespans<T extends { first: string; last: string }>(
  sheet: Page,
  title: string,
  rows: readonly T[],
  text: (row: T) => string,
): string[] {
  if (rows.length === 0) return [];
  const { shown, more } = cut(sheet, rows, ROWS);
  const spans = shown.map(({ first, last }) =>
    first === last ? visible(first) : `${visible(first)} to ${visible(last)}`,
  );
  const width = longest(spans);
  return [
    "",
    ...heading(sheet, title, String(rows.length)),
    ...shown.map((row, index) => `  ${sheet.ink.dim(spans[index]!.padEnd(width))}  ${text(row)}`),
    ...moreLine(sheet, "  ", more, "row"),
  ];
}
