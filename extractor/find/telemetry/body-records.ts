import { join, type Native, type OpenHole, type Text, type Value, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberNames, memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { ObjectExpr } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import type { EmitterHints } from "../../model/telemetry-hints.ts";
import { hasArgument } from "../calls/call-site.ts";
import { option, optionObjects } from "../sinks/request-options.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";
import type { EnvelopeRecords } from "./envelopes.ts";

/** Objects inside objects. */
const DEPTH = 6;
/** Members looked at in one body. */
const MEMBERS = 300;

/** A parameter, or a member of one. */
export interface Place {
  func: Func;
  index: number;
  member: string | null;
}

export const samePlace = (a: Place, b: Place): boolean =>
  a.func === b.func && a.index === b.index && a.member === b.member;

/** An object in a body that names an event, and the parameters its other members come from. */
export interface Record {
  name: Text;
  /** Under this member. */
  key: string;
  payload: Place[];
  /** Members of its payload, where they stand in the body itself. */
  fields: string[];
}

export interface Body {
  records: Record[];
  /** Parameters under a member that may hold a name, with nothing beside it that tells. */
  mentions: Place[];
  /** Parameters that are handed on whole. */
  whole: Place[];
  /** Names of members, objects inside included. */
  fields: Set<string>;
  /** Objects that are written as a known service wants its events. */
  envelopes: Set<ObjectExpr>;
}

/** How records are told from other objects. */
export class BodyReader {
  readonly #ev: Evaluator;
  readonly #keys: RegExp[];
  readonly #nameKeys: RegExp[];
  readonly #payloads: RegExp[];
  readonly #lists: RegExp[];
  readonly #envelopes: EnvelopeRecords;

  constructor(ev: Evaluator, hints: readonly EmitterHints[], envelopes: EnvelopeRecords) {
    const all = (lists: (readonly string[])[]) => lists.flat().map((text) => new RegExp(text, "i"));
    this.#ev = ev;
    this.#envelopes = envelopes;
    this.#keys = all(hints.map((h) => h.keys));
    this.#nameKeys = all(hints.map((h) => h.nameKeys ?? []));
    this.#payloads = all(hints.map((h) => h.payloads ?? []));
    this.#lists = all(hints.map((h) => h.lists ?? []));
  }

  /** What a request carries, under the evaluator's present context. */
  ofCall(call: SinkCall): Body {
    return this.ofValues(bodyValues(this.#ev, call));
  }

  ofValues(values: Values): Body {
    const body: Body = { records: [], mentions: [], whole: [], fields: new Set(), envelopes: new Set() };
    this.#walk(values, body, { left: MEMBERS, seen: new Set() }, 0);
    return body;
  }

  #walk(values: Values, body: Body, bound: { left: number; seen: Set<object> }, depth: number): void {
    if (depth > DEPTH) return;
    for (const v of values) {
      const place = placeOf(v);
      if (place !== null) body.whole.push(place);
      else if (v.kind === "native" || v.kind === "text") this.#walk(madeFrom(this.#ev, v), body, bound, depth + 1);
      else if (v.kind === "array") {
        this.#walk(elementsOf(this.#ev, [v], false), body, bound, depth + 1);
      } else if (v.kind === "object" || v.kind === "instance") {
        const subject = "node" in v && v.node !== null ? v.node : v;
        if (bound.seen.has(subject)) continue;
        bound.seen.add(subject);
        this.#object(v, body, bound, depth);
      }
    }
  }

  #object(v: Value, body: Body, bound: { left: number; seen: Set<object> }, depth: number): void {
    const names = memberNames(this.#ev, v);
    const texts: { key: string; values: Values }[] = [];
    const payload: Place[] = [];
    for (const key of names) {
      if (--bound.left < 0) return;
      body.fields.add(key);
      const values = memberOf(this.#ev, [v], key);
      texts.push({ key, values });
      for (const x of values) {
        const place = placeOf(x);
        if (place === null) continue;
        payload.push(place);
        if (this.#lists.some((p) => p.test(key))) body.whole.push(place);
      }
      this.#walk(
        values.filter((x) => placeOf(x) === null),
        body,
        bound,
        depth + 1,
      );
    }
    const spread = spreadPlaces(this.#ev, v);
    payload.push(...spread);
    body.whole.push(...spread);
    const node = v.kind === "object" ? v.node : null;
    // the names that services give their events are looked at apart
    const known = node === null ? null : this.#envelopes.nameKeys(node);
    if (node !== null && known !== null) {
      body.envelopes.add(node);
      // made of what stands in a parameter: one as well
      for (const { func: f, index: i, member } of payload)
        if (member !== null) body.whole.push({ func: f, index: i, member: null });
    }
    const own = texts.filter(({ key }) => this.#payloads.some((p) => p.test(key))).flatMap(({ values }) => values);
    const fields = own.flatMap((x) => memberNames(this.#ev, x));
    const carries = spread.length > 0 || names.some((name) => this.#payloads.some((p) => p.test(name)));
    for (const { key, values } of texts) {
      const sure = this.#keys.some((k) => k.test(key));
      const may = !sure && this.#nameKeys.some((k) => k.test(key));
      if (may && !carries) body.mentions.push(...values.flatMap((x) => placeOf(x) ?? []));
      if ((!sure && !(may && carries)) || known?.includes(key)) continue;
      for (const x of values) if (x.kind === "text") body.records.push({ name: x, key, payload, fields });
    }
  }
}

/** What a text or something of the runtime was made from: `JSON.stringify(x)`, lines that were joined, what was compressed. */
export function madeFrom(ev: Evaluator, v: Native | Text): Values {
  const args = v.kind === "native" ? v.args.slice(0, 2) : v.parts.flatMap((p) => (typeof p === "object" && p.of) || []);
  return join(...args.map((_a, i) => argument(ev, args, i)));
}

/** Copies of copies. */
const COPIES = 3;

/** `{name, ...metadata}`: parameters that an object spreads, or a copy of one. */
export function spreadPlaces(ev: Evaluator, v: Value, copies = 0): Place[] {
  if (v.kind !== "object" || copies > COPIES) return [];
  return (v.node?.members ?? []).flatMap((m) =>
    m.kind === "spread"
      ? ev.evaluate(m.value, v.env).flatMap((x) => placeOf(x) ?? spreadPlaces(ev, x, copies + 1))
      : [],
  );
}

/** The parameter that a value is, or is a member of. */
export function placeOf(v: Value): Place | null {
  if (v.kind !== "text" || v.parts.length !== 1) return null;
  const [piece] = v.parts;
  if (typeof piece !== "object") return null;
  const { origin, name, of } = piece as OpenHole;
  if (!origin || of) return null;
  const own = origin.func.paramVariables[origin.index]?.name ?? `argument${origin.index}`;
  return { ...origin, member: name === own ? null : name };
}

/** The body of a request, under the evaluator's present context. */
export function bodyValues(ev: Evaluator, call: SinkCall): Values {
  const { body } = call.found.sink;
  if (!body) return [];
  if (body.argument !== undefined)
    return hasArgument(call.args, body.argument) ? argument(ev, call.args, body.argument) : [];
  const { own, defaults } = optionObjects(ev, call);
  const names = body.option ?? [];
  return join(option(ev, own, names), ...defaults.map((objects) => option(ev, objects, names)));
}
