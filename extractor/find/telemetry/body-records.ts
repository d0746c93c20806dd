import type { TextValue, Value, Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import type { ObjectExpr } from "../../ir/expression.ts";
import type { EmitterHints } from "../../model/signatures/telemetry-hints.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { type ParameterPlace, parameterPlace, spreadParameters } from "../calls/parameter-place.ts";
import { bodyValues, madeFrom } from "../sinks/body.ts";
import type { SinkCall } from "../sinks/sink-calls.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import type { EnvelopeRecords } from "./envelopes.ts";
import { NameMembers } from "./name-members.ts";

/** An object in a body that names an event, and the parameters its other members come from. */
export interface EventRecord {
  name: TextValue;
  /** Under this member. */
  key: string;
  payload: ParameterPlace[];
  /** Members of its payload, where they stand in the body itself. */
  fields: string[];
  /** The member names events, whatever stands beside it. */
  isSure: boolean;
}

/** Names of members that the body of a request is seen to have. */
export type BodyFields = ReadonlyMap<UngatedRequest, ReadonlySet<string>>;

export interface RequestBody {
  records: EventRecord[];
  /** Parameters under a member that may hold a name, with nothing beside it that tells. */
  weakNames: ParameterPlace[];
  /** Parameters that are handed on whole. */
  passedThrough: ParameterPlace[];
  /** Names of members, objects inside included. */
  fields: Set<string>;
  /** Objects that are written as a known service wants its events. */
  envelopes: Set<ObjectExpr>;
}

/** One body on the way through it. */
interface Walk {
  ev: Evaluator;
  body: RequestBody;
  /** Members that may still be looked at. */
  left: number;
  seen: Set<object>;
}

/** How records are told from other objects. */
export class BodyReader {
  readonly #names: NameMembers;
  readonly #payloads: RegExp[];
  readonly #lists: RegExp[];
  readonly #envelopes: EnvelopeRecords;

  constructor(hints: readonly EmitterHints[], envelopes: EnvelopeRecords) {
    const all = (lists: (readonly string[])[]) => lists.flat().map((text) => new RegExp(text, "i"));
    this.#envelopes = envelopes;
    this.#names = new NameMembers(hints);
    this.#payloads = all(hints.map((h) => h.payloads ?? []));
    this.#lists = all(hints.map((h) => h.lists ?? []));
  }

  /** What a request carries, under the evaluator's present context. */
  ofCall(ev: Evaluator, call: SinkCall): RequestBody {
    return this.ofValues(ev, bodyValues(ev, call));
  }

  ofValues(ev: Evaluator, values: Values): RequestBody {
    const body: RequestBody = {
      records: [],
      weakNames: [],
      passedThrough: [],
      fields: new Set(),
      envelopes: new Set(),
    };
    this.#walk(values, { ev, body, left: FIND_BOUNDS.bodyMembers, seen: new Set() }, 0);
    return body;
  }

  #walk(values: Values, walk: Walk, depth: number): void {
    const { ev, body } = walk;
    if (depth > FIND_BOUNDS.bodyDepth) return;
    for (const v of values) {
      const place = parameterPlace(v);
      if (place !== null) body.passedThrough.push(place);
      else if (v.kind === "native" || v.kind === "text") this.#walk(madeFrom(ev, v), walk, depth + 1);
      else if (v.kind === "array") {
        this.#walk(elementsOf(ev, [v], false), walk, depth + 1);
      } else if (v.kind === "object" || v.kind === "instance") {
        const subject = "node" in v && v.node !== null ? v.node : v;
        if (walk.seen.has(subject)) continue;
        walk.seen.add(subject);
        this.#object(v, walk, depth);
      }
    }
  }

  #object(v: Value, walk: Walk, depth: number): void {
    const { ev, body } = walk;
    const names = memberNames(ev, v);
    const texts: { key: string; values: Values }[] = [];
    const payload: ParameterPlace[] = [];
    for (const key of names) {
      if (--walk.left < 0) return;
      body.fields.add(key);
      const values = memberOf(ev, [v], key);
      texts.push({ key, values });
      for (const x of values) {
        const place = parameterPlace(x);
        if (place === null) continue;
        payload.push(place);
        if (this.#lists.some((p) => p.test(key))) body.passedThrough.push(place);
      }
      this.#walk(
        values.filter((x) => parameterPlace(x) === null),
        walk,
        depth + 1,
      );
    }
    const spread = spreadParameters(ev, v);
    payload.push(...spread);
    body.passedThrough.push(...spread);
    const node = v.kind === "object" ? v.node : null;
    // the names that services give their events are looked at apart
    const known = node === null ? null : this.#envelopes.nameKeys(node);
    if (node !== null && known !== null) {
      body.envelopes.add(node);
      // made of what stands in a parameter: one as well
      for (const { func: f, index: i, member } of payload)
        if (member !== null) body.passedThrough.push({ func: f, index: i, member: null });
    }
    const own = texts.filter(({ key }) => this.#payloads.some((p) => p.test(key))).flatMap(({ values }) => values);
    const fields = own.flatMap((x) => memberNames(ev, x));
    const carries = spread.length > 0 || names.some((name) => this.#payloads.some((p) => p.test(name)));
    for (const { key, values } of texts) {
      const sure = this.#names.isName(key, names);
      const may = this.#names.mayBeName(key, names);
      if (may && !carries) body.weakNames.push(...values.flatMap((x) => parameterPlace(x) ?? []));
      if ((!sure && !(may && carries)) || known?.includes(key)) continue;
      for (const x of values) if (x.kind === "text") body.records.push({ name: x, key, payload, fields, isSure: sure });
    }
  }
}
