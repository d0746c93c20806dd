import { onlyHole, type TextValue } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call } from "../../ir/expression.ts";
import { grouped } from "../../model/group.ts";
import type { EmitterHints } from "../../model/signatures/telemetry-hints.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { memberOfEach, type ParameterPlace, parameterPlace } from "../calls/parameter-place.ts";
import { isPassThrough } from "../calls/pass-through.ts";
import { type EventFlow, type RequestSite, requestsOfFlow } from "../requests/carried-by.ts";
import { sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import { allowList } from "./allow-list.ts";
import { type BodyFields, BodyReader, type EventRecord, type RequestBody } from "./body-records.ts";
import type { Emitters } from "./emitters.ts";
import type { EnvelopeRecords } from "./envelopes.ts";
import type { ObjectGraphs } from "./object-graph.ts";
import { WayToRequest } from "./way-to-request.ts";

export interface BodySearch {
  ev: Questions;
  callers: Callers;
  sinks: SinkIndex;
  sites: readonly RequestSite[];
  hints: readonly EmitterHints[];
  records: EnvelopeRecords;
  graphs: ObjectGraphs;
}

/** An event whose name stands in the body, or in an object that a caller hands on whole. */
export interface SpelledOut {
  call: Call;
  path: readonly Call[];
  name: TextValue;
  fields: string[];
  flows: EventFlow[];
}

/** A parameter that a request carries under a member that may hold an event's name. */
export interface WeakName {
  place: ParameterPlace;
  flow: EventFlow;
}

/** Two words or more, as programs name events: `item_viewed`, or `Item Viewed` as analytics services advise. */
const EVENT_NAME = /^([a-z][A-Za-z0-9]*[_.:/-][A-Za-z0-9_.:/-]+|[A-Z][A-Za-z0-9]*( [A-Z][A-Za-z0-9]*){1,5})$/;

/** What the bodies of requests tell of events. */
export interface EventsInBodies {
  found: readonly SpelledOut[];
  /** Requests whose names have something put around them before they are sent. */
  wrapped: ReadonlySet<Call>;
  mentions: readonly WeakName[];
  bodyFields: BodyFields;
}

/** Adds functions whose parameter becomes an event's name in what a request carries. */
export function addEmittersByBody(search: BodySearch, emitters: Emitters): EventsInBodies {
  const { ev, sinks, sites } = search;
  const reader = new BodyReader(search.hints, search.records);
  const walk = new BodyWalk(search, reader, emitters);
  for (const [call, own] of grouped(sites, (site) => site.call)) {
    if (own.every(({ request }) => request.kind === "browser" || request.kind === "spawn")) continue;
    const bodiesIn = (ev: Evaluator) => sinkCalls(ev, sinks, call).calls.map((c) => reader.ofCall(ev, c));
    const bodies = ev.ask(null, bodiesIn);
    for (const body of bodies) walk.from(own, { body, call, path: [] });
    if (bodies.some(isSeen)) continue;
    // a client's own method lies between: what it is given is known under the callers that told the address
    for (const site of new Map(own.map((o) => [o.request, o])).values()) {
      if (!site.chain?.context) continue;
      const { context, called } = site.chain;
      const path = site.path.map((caller, i) => ({ func: called[i]!, call: caller }));
      for (const body of ev.ask(context, bodiesIn)) walk.from([site], { body, call, path });
    }
  }
  search.records.handToNamesakes(ev);
  return walk;
}

const isSeen = ({ records, passedThrough, weakNames, fields }: RequestBody): boolean =>
  records.length + passedThrough.length + weakNames.length + fields.size > 0;

/**
 * A body, and the call that is given it: the request itself, or a call of a function that hands it on to the request.
 */
interface BodyPlace {
  body: RequestBody;
  call: Call;
  path: readonly Call[];
  flow: EventFlow;
  /** Functions that hand on whole objects between here and the request. */
  level: number;
}

/** Goes from the bodies of requests to the functions that are given parts of them, and to their callers. */
class BodyWalk implements EventsInBodies {
  readonly found: SpelledOut[] = [];
  readonly wrapped = new Set<Call>();
  readonly mentions: WeakName[] = [];
  readonly bodyFields = new Map<UngatedRequest, Set<string>>();
  readonly #search: BodySearch;
  readonly #reader: BodyReader;
  readonly #emitters: Emitters;

  constructor(search: BodySearch, reader: BodyReader, emitters: Emitters) {
    this.#search = search;
    this.#reader = reader;
    this.#emitters = emitters;
  }

  /** @param path the callers that the body is known under */
  from(sites: readonly RequestSite[], { body, call, path }: Pick<EventFlow, "call" | "path"> & { body: RequestBody }) {
    this.#noteFields(
      sites.map(({ request }) => request),
      body,
    );
    const level = path.length > 0 ? FIND_BOUNDS.unsureLevels : 0;
    this.#propagate({ body, call, path: [], flow: { call, path, allowed: null }, level }, new Set());
  }

  #noteFields(requests: readonly UngatedRequest[], { fields }: RequestBody): void {
    for (const request of requests) {
      const known = this.bodyFields.get(request) ?? new Set();
      for (const field of fields) known.add(field);
      this.bodyFields.set(request, known);
    }
  }

  #propagate(at: BodyPlace, seen: Set<string>): void {
    const { body, flow } = at;
    const { records } = this.#search;
    for (const object of body.envelopes) {
      const record = records.add(at.call, object);
      if (record !== null && !record.flows.includes(flow)) record.flows.push(flow);
    }
    this.#addNames(at);
    if (at.level < FIND_BOUNDS.unsureLevels) for (const place of body.weakNames) this.mentions.push({ place, flow });
    if (at.level >= FIND_BOUNDS.bodyLevels) return;
    for (const { func: f, index: i, member } of body.passedThrough) {
      const key = `${f.unit.file} ${f.at} ${i} ${member}`;
      if (seen.has(key) || seen.size >= FIND_BOUNDS.bodyPlaces) continue;
      seen.add(key);
      this.#propagateToCallers(at, { func: f, index: i, member }, seen);
    }
  }

  #addNames({ body, call, path, flow, level }: BodyPlace): void {
    const mended = new Set(body.records.filter(isWrapped).flatMap((r) => originsOf(r.name).map(({ func: f }) => f)));
    if (mended.size > 0) this.wrapped.add(flow.call);
    for (const record of body.records) {
      // far from the request, what is called a name is as often a tool's or a person's
      if (!record.isSure && level >= FIND_BOUNDS.unsureLevels) continue;
      const places = originsOf(record.name);
      // `name.startsWith(p) ? name : p + name`: which of the two it is, is known where the callers are gone through
      if (places.some(({ func: f }) => mended.has(f))) continue;
      for (const place of places) if (!isPassThrough(place.func, place.index)) this.#addEmitter(place, record, flow);
      const [only] = record.name.parts;
      if (places.length === 0 && record.name.parts.length === 1 && typeof only === "string" && EVENT_NAME.test(only))
        this.found.push({ call, path, name: record.name, fields: record.fields, flows: [flow] });
    }
  }

  /** Each caller of a function that hands on a parameter makes a body of its own. */
  #propagateToCallers({ body, flow, level }: BodyPlace, place: ParameterPlace, seen: Set<string>): void {
    const { ev, callers, records, sites, graphs } = this.#search;
    const { func: f, index: i, member } = place;
    const calls = callers.of(f);
    if (calls.length > FIND_BOUNDS.bodyCallers) return;
    const isHandedOn = flow.path.length === 0 && body.fields.size === 0;
    const way = new WayToRequest({ ev, callers, graphs }, [flow]);
    for (const { call, frame } of calls) {
      if (!way.mayCall(call, f)) continue;
      const { inner, isItem } = ev.ask(null, (ev) => {
        const values = argument(ev, frame.args ?? [], i);
        const inner = this.#reader.ofValues(ev, member === null ? values : memberOfEach(ev, values, member));
        return { inner, isItem: member !== null && values.some(({ kind }) => kind === "array") };
      });
      if (member === null && inner.envelopes.size > 0) records.noteTaker(f, i, flow);
      const path = [...flow.path, { func: f, call }];
      if (isHandedOn) this.#noteFields(requestsOfFlow(callers, { ...flow, path }, sites), inner);
      const next = body.envelopes.size > 0 ? 0 : Math.max(level + 1, isItem ? FIND_BOUNDS.unsureLevels : 0);
      this.#propagate({ body: inner, call, path: [], flow: { ...flow, path }, level: next }, seen);
    }
  }

  #addEmitter(place: ParameterPlace, { payload, fields: own, isSure }: EventRecord, flow: EventFlow): void {
    const same = payload.filter((p) => p.func === place.func && (p.index !== place.index || p.member !== place.member));
    const fields = same.length > 0 ? same : [{ func: place.func, index: place.index + 1, member: null }];
    const allowed = allowList(this.#search.ev, place);
    this.#emitters.add({
      name: place,
      fields: place.member === null ? fields : same,
      flows: [{ ...flow, allowed }],
      own,
      isSure,
    });
  }
}

/** Where an emitter's name is what ends up under such a member, its events are carried by that request as well. */
export function extendFlows(
  { ev, callers }: Pick<BodySearch, "ev" | "callers">,
  mentions: readonly WeakName[],
  emitters: Emitters,
): void {
  const queue = mentions.map(({ place, flow }) => ({ place, flow, level: 0 }));
  const seen = new Set<string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { place, flow, level } = next;
    const key = `${place.func.unit.file} ${place.func.at} ${place.index} ${flow.call.at}`;
    const sites = callers.of(place.func);
    if (
      place.member !== null ||
      level > FIND_BOUNDS.bodyLevels ||
      seen.has(key) ||
      sites.length > FIND_BOUNDS.bodyCallers
    )
      continue;
    seen.add(key);
    const allowed = flow.allowed ?? allowList(ev, place);
    for (const { call, frame } of sites) {
      const path = [...flow.path, { func: place.func, call }];
      for (const outer of ev.ask(null, (ev) =>
        argument(ev, frame.args ?? [], place.index).flatMap((v) => parameterPlace(v) ?? []),
      )) {
        const emitter = emitters.at(outer.func, outer.index);
        if (emitter) emitter.flows.push({ ...flow, path, allowed });
        else queue.push({ place: outer, flow: { ...flow, path, allowed }, level: level + 1 });
      }
    }
  }
}

const isWrapped = ({ name }: EventRecord): boolean => originsOf(name).length > 0 && onlyHole(name) === null;

/** Parameters in a name: as such, as a member of one, or with something around it. */
function originsOf(name: TextValue): ParameterPlace[] {
  return name.parts.flatMap((p) => {
    if (typeof p === "string" || !p.origin) return [];
    const { func: f, index: i } = p.origin;
    const own = f.paramVariables[i]?.name ?? `argument${i}`;
    const whole = onlyHole(name) !== null;
    return [{ func: f, index: i, member: whole && p.name !== own ? p.name : null }];
  });
}
