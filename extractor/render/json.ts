import type { Report } from "../model/report.ts";
import { visibleJson } from "./terminal.ts";

/** Keys a reader wants first, in this order; all others follow in alphabetical order. */
const FIRST = [
  "schemaVersion",
  "package",
  "tool",
  "endpoints",
  "events",
  "credentials",
  "environment",
  "references",
  "diagnostics",
  "stats",
  "id",
  "kind",
  "name",
  "version",
  "method",
  "url",
  "file",
  "line",
  "column",
];
const RANK = new Map(FIRST.map((key, rank) => [key, rank]));

/**
 * A report, or any other value the project publishes, as JSON with a trailing newline. Keys are ordered by one rule
 * and never by insertion, so equal values give equal bytes; characters that could act on a terminal are escaped,
 * which loses nothing.
 */
export function toJson(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, ordered, 2))}\n`;
}

export const renderJson = (report: Report): string => toJson(report);

function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}

const rank = (key: string): number => RANK.get(key) ?? FIRST.length;
