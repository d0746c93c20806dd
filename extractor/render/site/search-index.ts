import { hostNames } from "../../model/host.ts";
import type { Report } from "../../model/report.ts";

/** What a page's search can find. */
export const FOUND_KINDS = ["host", "event", "variable"] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** `[name, tool, first version, last version, tool, …]`: places in `tools` and in that tool's `versions`. */
type Row = [name: string, ...spans: number[]];

interface SearchData {
  tools: { id: string; package: string; versions: string[] }[];
  names: Record<FoundKind, Row[]>;
}

type Spans = Map<number, [first: number, last: number]>;

/**
 * Names of all published reports with the tools and versions that have them; fed report by report, each tool's oldest
 * first.
 */
export class SearchIndex {
  readonly #tools: SearchData["tools"] = [];
  readonly #names = new Map<FoundKind, Map<string, Spans>>(FOUND_KINDS.map((kind) => [kind, new Map()]));

  add(id: string, report: Report): void {
    const last = this.#tools.at(-1);
    const tool = last?.id === id ? last : { id, package: report.package.name, versions: [] };
    if (tool !== last) this.#tools.push(tool);
    tool.versions.push(report.package.version);
    const here = { tool: this.#tools.length - 1, version: tool.versions.length - 1 };
    const { endpoints, events, environment } = report;
    this.#note("host", hostNames(endpoints), here);
    this.#note("event", names(events), here);
    this.#note("variable", names(environment), here);
  }

  #note(kind: FoundKind, found: readonly string[], { tool, version }: { tool: number; version: number }): void {
    const known = this.#names.get(kind)!;
    for (const name of found) {
      const spans: Spans = known.get(name) ?? new Map();
      known.set(name, spans);
      spans.set(tool, [spans.get(tool)?.[0] ?? version, version]);
    }
  }

  /** How many names there are, by kind. */
  counts(): Record<FoundKind, number> {
    return Object.fromEntries(FOUND_KINDS.map((kind) => [kind, this.#names.get(kind)!.size])) as Record<
      FoundKind,
      number
    >;
  }

  /** JSON for the page's script, in which nothing can end the element around it. */
  text(): string {
    const rows = (kind: FoundKind): Row[] =>
      [...this.#names.get(kind)!]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, spans]) => [name, ...[...spans].flatMap(([tool, [first, last]]) => [tool, first, last])]);
    const data: SearchData = {
      tools: this.#tools,
      names: { host: rows("host"), event: rows("event"), variable: rows("variable") },
    };
    return JSON.stringify(data).replace(/[<>&\u2028\u2029]|[^\x20-\x7e]/g, escaped);
  }
}

const names = (rows: readonly { name: string }[]): string[] => [...new Set(rows.map(({ name }) => name))];

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
