import type { EventCoverage, SeenEvent } from "../../model/check.ts";
import { grouped } from "../../model/group.ts";
import type { Report, TelemetryEvent } from "../../model/report.ts";
import { templateRegExp } from "../../model/template.ts";
import type { Environment } from "../match/predictions.ts";
import { contradicted, type Flags, heldBy } from "./dormancy.ts";
import type { WireEvent } from "./wire-events.ts";

interface Row {
  kind: SeenEvent["kind"];
  count: number;
  /** By envelope. */
  fields: Map<string, Set<string>>;
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
    for (const { envelope, name, kind, fields, common } of events) {
      const row = this.#rowOf(name, kind);
      if (row === null) continue;
      row.count++;
      row.hosts.add(host);
      const known = row.fields.get(envelope) ?? new Set();
      for (const field of fields) if (known.size < MAX_FIELDS) known.add(field);
      row.fields.set(envelope, known);
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

  coverage(environment: Environment, flags: Flags): EventCoverage {
    const shared = this.#shared();
    const isCommon = (envelope: string, field: string) =>
      this.#common.has(field) || shared.get(envelope)?.has(field) === true;
    const fired = new Set<string>();
    const disagreements: EventCoverage["disagreements"] = [];
    const seen = [...this.#rows].map(([name, { kind, count, fields, hosts }]): SeenEvent => {
      const event = this.#predicted(name);
      if (event !== null) fired.add(event.name);
      const gate = contradicted(event?.gates ?? [], environment);
      if (gate !== null) disagreements.push({ name, gate, count });
      const all = [...fields].flatMap(([envelope, names]) => [...names].filter((field) => !isCommon(envelope, field)));
      const own = [...new Set(all)].sort();
      const known = new Set(event?.fields.map(bare));
      const unpredictedFields = event === null ? [] : own.filter((field) => !known.has(bare(field)));
      return { name, kind, count, fields: own, unpredictedFields, predicted: event !== null, hosts: [...hosts].sort() };
    });
    seen.sort((a, b) => (a.name < b.name ? -1 : 1));
    const dormant = [...this.#exact.keys()].filter((name) => !fired.has(name)).sort();
    return {
      seen,
      dormant,
      silenced: this.#silenced(dormant, environment, flags),
      disagreements: disagreements.sort((a, b) => (a.name < b.name ? -1 : 1)),
      unpredicted: seen.filter(({ predicted }) => !predicted).map(({ name }) => name),
      commonFields: [...new Set([...this.#common, ...[...shared.values()].flatMap((names) => [...names])])].sort(),
    };
  }

  #silenced(dormant: readonly string[], environment: Environment, flags: Flags): EventCoverage["silenced"] {
    const held = dormant.flatMap((name) => {
      const found = heldBy(this.#exact.get(name)!.gates, environment, flags);
      return found === null ? [] : [{ ...found, name }];
    });
    return [...grouped(held, ({ reason }) => reason)].map(([reason, rows]) => ({
      gate: rows[0]!.gate,
      reason,
      names: rows.map(({ name }) => name),
    }));
  }

  /**
   * Fields of at least nine in ten kinds of event of an envelope, where there are enough to tell: added by whoever
   * sends them all.
   */
  #shared(): Map<string, Set<string>> {
    const counts = new Map<string, { events: number; fields: Map<string, number> }>();
    for (const { fields } of this.#rows.values()) {
      for (const [envelope, names] of fields) {
        const count = counts.get(envelope) ?? { events: 0, fields: new Map() };
        count.events++;
        for (const field of names) count.fields.set(field, (count.fields.get(field) ?? 0) + 1);
        counts.set(envelope, count);
      }
    }
    const shared = new Map<string, Set<string>>();
    for (const [envelope, { events, fields }] of counts) {
      const enough = Math.max(3, events * 0.9);
      shared.set(envelope, new Set([...fields].filter(([, count]) => count >= enough).map(([field]) => field)));
    }
    return shared;
  }
}

/** `costUSD` in the code is `cost_u_s_d` on some wires. */
const bare = (name: string): string => name.toLowerCase().replace(/[-_.\s]/g, "");
