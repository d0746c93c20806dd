import { literalText, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import type { Call, Expr, ObjectExpr } from "../../ir/expression.ts";
import type { ObjectPlace } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import type { SecretFinding } from "../../model/finding.ts";
import type { Envelope } from "../../model/signatures/signature.ts";
import type { Callers } from "../calls/callers.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import { type EventFlow, type RequestSite, requestsOfFlow } from "../requests/carried-by.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/** An object in code that is written as a known service wants its events, and a call that takes or gets it. */
export interface EnvelopeRecord {
  call: Call;
  object: ObjectExpr;
  envelope: Envelope;
  /** Requests that carry it, as far as they were seen. */
  flows: EventFlow[];
}

/** What services want in an event, where that is public: objects with these members are events wherever they stand. */
export class EnvelopeShapes {
  readonly #shapes: readonly { envelope: Envelope; paths: readonly string[][] }[];

  constructor(envelopes: readonly Envelope[]) {
    this.#shapes = envelopes.flatMap((envelope) =>
      envelope.inCode === undefined ? [] : [{ envelope, paths: envelope.inCode.map((path) => path.split(".")) }],
    );
  }

  of(object: ObjectExpr): Envelope | undefined {
    for (const { envelope, paths } of this.#shapes)
      if (paths.every((path) => hasMember(object, path, 0))) return envelope;
    return undefined;
  }

  /**
   * Of an object with such members, where the event's name and fields stand in it; null where no service has such
   * events.
   */
  pathsIn(members: readonly string[]): readonly string[] | null {
    const shape = this.#shapes.find(({ paths }) => paths.every(([first]) => members.includes(first!)))?.envelope;
    return shape === undefined ? null : [...shape.name, ...shape.fields];
  }
}

/**
 * Queues, spools and workers lie between an event and the request that carries it in the end, so that the body of the
 * request may show nothing of it: objects are told by their shape. Collects them, and the requests that are seen to
 * carry each.
 */
export class EnvelopeRecords {
  readonly #all: EnvelopeRecord[] = [];
  readonly #shapes: EnvelopeShapes;
  readonly #records = new Map<ObjectExpr, EnvelopeRecord>();
  /** Objects inside of records that hold the event's name. */
  readonly #parts = new Map<ObjectExpr, Envelope>();
  readonly #takers = new Map<string, Set<EventFlow>>();

  constructor(ev: Questions, callers: Callers, shapes: EnvelopeShapes) {
    this.#shapes = shapes;
    for (const place of ev.program.objects) {
      for (const object of objectsIn(place.expression))
        if (shapes.of(object)) for (const call of callsWith(place, callers)) this.add(call, object);
    }
  }

  get all(): readonly EnvelopeRecord[] {
    return this.#all;
  }

  /** The members of such an object, or of a part of one, that name the event; null for any other. */
  nameKeys(object: ObjectExpr): readonly string[] | null {
    const envelope = this.#parts.get(object) ?? this.#shapes.of(object);
    return envelope?.name.map((path) => path.slice(path.lastIndexOf(".") + 1)) ?? null;
  }

  /** The record that an object is, or becomes because this call sends it; null for a part of another. */
  add(call: Call, object: ObjectExpr): EnvelopeRecord | null {
    const envelope = this.#shapes.of(object);
    if (envelope === undefined || this.#parts.has(object)) return null;
    const known = this.#records.get(object);
    if (known?.call === call) return known;
    const record = { call, object, envelope, flows: known?.flows ?? [] };
    this.#all.push(record);
    this.#records.set(object, record);
    for (const path of envelope.name) this.#addParts(object, path.split("."), envelope);
    return record;
  }

  /** A function that brings such objects to a request, as this argument. */
  noteTaker(f: Func, i: number, flow: EventFlow): void {
    for (const name of new Set([f.name, ...f.aliases])) {
      const key = takerKey(f.unit.programNumber, name, i);
      this.#takers.set(key, (this.#takers.get(key) ?? new Set()).add(flow));
    }
  }

  /**
   * What an object is that takes a record may be unknown: its method may be the one of that name that brings records
   * to a request.
   */
  handToNamesakes(ev: Questions): void {
    for (const { call, object, flows: flow } of this.#all.filter((record) => record.flows.length === 0)) {
      const taker = [call, ...(call.within?.calls ?? [])].find(
        ({ arguments: a }) => a.includes(call) || a.includes(object),
      );
      if (taker?.callee.kind !== "member") continue;
      const i = taker.arguments.findIndex((e) => e === call || e === object);
      const reached = this.#takers.get(takerKey(call.unit.programNumber, taker.callee.property, i));
      if (reached === undefined) continue;
      const { callee: f } = taker;
      if (!ev.ask(null, (ev) => ev.evaluate(f, null)).some((v) => v.kind === "function")) flow.push(...reached);
    }
  }

  #addParts({ members }: ObjectExpr, [key, ...deeper]: string[], envelope: Envelope): void {
    for (const m of members) {
      if (m.kind !== "value" || m.key !== key || m.value.kind !== "object" || deeper.length === 0) continue;
      this.#parts.set(m.value, envelope);
      this.#addParts(m.value, deeper, envelope);
    }
  }
}

/** Calls that take or get what stands there. */
function callsWith(place: ObjectPlace, callers: Callers): Call[] {
  if (place.kind === "argument") return [place.of];
  const { passedTo } = place.of;
  return place.kind === "returned"
    ? callers.of(place.of).map(({ call }) => call)
    : passedTo.slice(0, 1).map(({ call }) => call);
}

const takerKey = (part: number, method: string, i: number): string => `${part} ${method} ${i}`;

function* objectsIn(e: Expr): Iterable<ObjectExpr> {
  if (e.kind === "object") yield e;
  else if (e.kind === "conditional") {
    yield* objectsIn(e.consequent);
    yield* objectsIn(e.alternate);
  } else if (e.kind === "choice") yield* objectsIn(e.right);
}

/** @param from where in the path the object's own members come */
function hasMember({ members }: ObjectExpr, path: readonly string[], from: number): boolean {
  for (const m of members) {
    if (m.kind !== "value" || m.key !== path[from]) continue;
    if (from === path.length - 1 || (m.value.kind === "object" && hasMember(m.value, path, from + 1))) return true;
  }
  return false;
}

/** Values under a dotted path, under the evaluator's present context; `.` is the object itself. */
export function atPath(ev: Evaluator, object: ObjectExpr, path: string): Values {
  const keys = path === "." ? [] : path.split(".");
  return keys.reduce<Values>((values, key) => memberOf(ev, values, key), ev.evaluate(object, null));
}

/** Keys of a service that the program puts into its events. */
export interface EnvelopeKeys {
  all: readonly SecretFinding[];
  /** The same by the requests that carry them. */
  byRequest: ReadonlyMap<UngatedRequest, readonly SecretFinding[]>;
}

export interface EnvelopeKeySearch {
  ev: Questions;
  callers: Callers;
  sites: readonly RequestSite[];
  locate: Locate;
}

export function envelopeKeys(
  { ev, callers, sites, locate }: EnvelopeKeySearch,
  records: readonly EnvelopeRecord[],
): EnvelopeKeys {
  const all: SecretFinding[] = [];
  const byRequest = new Map<UngatedRequest, SecretFinding[]>();
  for (const { call, object, envelope, flows } of records) {
    const keys = (envelope.keys ?? []).flatMap((path) =>
      ev
        .ask(null, (ev) => atPath(ev, object, path))
        .map(literalText)
        .filter((value) => value !== null)
        .map((value) => ({ value, sentAs: `body ${path}`, evidence: callEvidence(locate, call, []) })),
    );
    all.push(...keys);
    const requests = new Set(keys.length === 0 ? [] : flows.flatMap((r) => requestsOfFlow(callers, r, sites)));
    for (const request of requests) byRequest.set(request, [...(byRequest.get(request) ?? []), ...keys]);
  }
  return { all, byRequest };
}
