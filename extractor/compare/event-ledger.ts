import type { EventCoverage, SeenEvent } from "../model/check.ts";
import type { Report, TelemetryEvent } from "../model/report.ts";
import { templateRegExp } from "../model/template.ts";
import type { WireEvent } from "./wire-events.ts";

interface Row {
  kind: SeenEvent["kind"];
  count: number;
  fields: Map<string, number>;
  hosts: Set<string>;
}

const MAX_EVENTS = 20_000;
const MAX_FIELDS = 500;

/** Events on the wire, held against those the report knows. */
export class EventLedger {
  readonly #rows = new Map<string, Row>();
  readonly #common = new Set<string>();
  readonly #exact: Map<string, TelemetryEvent>;
  readonly #templates: { event: TelemetryEvent; regExp: RegExp }[];

  constructor(report: Report) {
    this.#exact = new Map(report.events.map((event) => [event.name, event]));
    this.#templates = report.events
      .filter(({ name }) => name.includes("{") && name.replace(/\{[^{}]*\}/g, "").length >= 3)
      .map((event) => ({ event, regExp: templateRegExp(event.name) }));
  }

  add(events: readonly WireEvent[], host: string): void {
    for (const { name, kind, fields, common } of events) {
      const row = this.#rowOf(name, kind);
      if (row === null) continue;
      row.count++;
      row.hosts.add(host);
      for (const field of new Set(fields))
        if (row.fields.size < MAX_FIELDS) row.fields.set(field, (row.fields.get(field) ?? 0) + 1);
      for (const field of common) if (this.#common.size < MAX_FIELDS) this.#common.add(field);
    }
  }

  #rowOf(name: string, kind: SeenEvent["kind"]): Row | null {
    const known = this.#rows.get(name);
    if (known !== undefined || this.#rows.size >= MAX_EVENTS) return known ?? null;
    const row: Row = { kind, count: 0, fields: new Map(), hosts: new Set() };
    this.#rows.set(name, row);
    return row;
  }

  /** The event of the report; a service's prefix (`product/`) on the wire is no part of the name in the code. */
  #predicted(name: string): TelemetryEvent | null {
    for (const form of [name, name.slice(name.indexOf("/") + 1)]) {
      const exact = this.#exact.get(form) ?? this.#templates.find(({ regExp }) => regExp.test(form))?.event;
      if (exact !== undefined) return exact;
    }
    return null;
  }

  coverage(): EventCoverage {
    const common = new Set([...this.#common, ...this.#shared()]);
    const fired = new Set<string>();
    const seen = [...this.#rows].map(([name, { kind, count, fields, hosts }]): SeenEvent => {
      const event = this.#predicted(name);
      if (event !== null) fired.add(event.name);
      const own = [...fields.keys()].filter((field) => !common.has(field)).sort();
      const known = new Set(event?.fields.map(bare));
      const unpredictedFields = event === null ? [] : own.filter((field) => !known.has(bare(field)));
      return { name, kind, count, fields: own, unpredictedFields, predicted: event !== null, hosts: [...hosts].sort() };
    });
    seen.sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      seen,
      dormant: [...new Set([...this.#exact.keys()].filter((name) => !fired.has(name)))].sort(),
      unpredicted: seen.filter(({ predicted }) => !predicted).map(({ name }) => name),
      commonFields: [...common].sort(),
    };
  }

  /** Fields of at least nine in ten kinds of event, where there are enough kinds to tell: added by whoever sends them all. */
  #shared(): string[] {
    const kinds = new Map<string, number>();
    for (const { fields } of this.#rows.values())
      for (const field of fields.keys()) kinds.set(field, (kinds.get(field) ?? 0) + 1);
    const enough = Math.max(5, this.#rows.size * 0.9);
    return [...kinds].filter(([, count]) => count >= enough).map(([field]) => field);
  }
}

/** `costUSD` in the code is `cost_u_s_d` on some wires. */
const bare = (name: string): string => name.toLowerCase().replace(/[-_.\s]/g, "");
