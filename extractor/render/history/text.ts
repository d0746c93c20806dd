import { grouped } from "../../model/group.ts";
import type { Series, SeriesPipeline } from "../../model/series.ts";
import { foldHoles } from "../../model/template.ts";
import { count } from "../count.ts";
import { rhythmWords } from "../pipeline-words.ts";
import type { Rendering } from "../rendering.ts";
import { visible, visibleHost } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, page, wrap } from "../text/page.ts";

const ROWS = 40;

/** Counts per version, and what came and went in between. */
export function renderSeriesText(series: Series, rendering: Rendering): string {
  const sheet = page(rendering);
  const moving = <T extends { first: string; last: string }>(rows: readonly T[]) =>
    rows.filter((row) => !steady(row, series));
  const lines = [
    sheet.ink.bold(visible(series.name)),
    ...counts(series),
    ...pipelines(sheet, series),
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

const HEAD = ["version", "hosts", "endpoints", "events", "fields", "keys"];

function counts({ versions }: Series): string[] {
  return table(
    HEAD,
    versions.map(({ version, hosts, endpoints, events, fields, credentials }) =>
      [visible(version), hosts, endpoints, events, fields, credentials].map(String),
    ),
  );
}

/** The first column at its left edge, numbers at their right. */
function table(head: readonly string[], rows: readonly string[][]): string[] {
  const widths = head.map((title, column) => longest([title, ...rows.map((row) => row[column]!)]));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  ");
  return [head, ...rows].map(line);
}

/** How events are sent, in versions where that differs from the version before. */
function pipelines(sheet: Page, { versions }: Series): string[] {
  const all = versions.flatMap(({ version, pipelines }) =>
    pipelines.map((one) => ({ version, one, address: `${one.method} ${foldHoles(one.url)}` })),
  );
  const width = longest(versions.map(({ version }) => visible(version)));
  const byAddress = [...grouped(all, ({ address }) => address)];
  return byAddress.flatMap(([address, rows], index) => {
    let before = "";
    return [
      ...(index === 0 ? ["", ...heading(sheet, "how events are sent", count(byAddress.length, "destination"))] : []),
      `  ${visible(address)}`,
      ...rows.flatMap(({ version, one }) => {
        const words = [count(one.events, "event"), ...common(one), ...rhythmWords(one)].join(", ");
        if (words === before) return [];
        before = words;
        return wrap(sheet, `    ${visible(version).padEnd(width)}  `, words.split(" "), " ");
      }),
    ];
  });
}

const common = ({ dimensions }: SeriesPipeline): string[] =>
  dimensions > 0 ? [`${count(dimensions, "field")} with each`] : [];

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
