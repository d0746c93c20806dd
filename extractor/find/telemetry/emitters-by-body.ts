import { onlyHole, type TextValue } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call } from "../../ir/expression.ts";
import type { RequestFinding } from "../../model/finding.ts";
import type { EmitterHints } from "../../model/telemetry-hints.ts";
import type { Callers } from "../calls/callers.ts";
import { type ParameterPlace, parameterPlace } from "../calls/parameter-place.ts";
import { isPassThrough } from "../calls/pass-through.ts";
import { type EventFlow, type RequestSite, requestsOfFlow } from "../requests/carried-by.ts";
import { sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import { allowList } from "./allow-list.ts";
import { BodyReader, type EventRecord, type RequestBody } from "./body-records.ts";
import type { Emitters } from "./emitters.ts";
import type { EnvelopeRecords } from "./envelopes.ts";

export interface BodySearch {
  ev: Evaluator;
  callers: Callers;
  sinks: SinkIndex;
  sites: readonly RequestSite[];
  hints: readonly EmitterHints[];
  records: EnvelopeRecords;
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

/** Functions that hand on whole objects. */
const LEVELS = 4;
/** Callers of such a function. */
const SITES = 60;
/** Two words or more, as programs name events: `item_viewed`, or `Item Viewed` as analytics services advise. */
const EVENT_NAME = /^([a-z][A-Za-z0-9]*[_.:/-][A-Za-z0-9_.:/-]+|[A-Z][A-Za-z0-9]*( [A-Z][A-Za-z0-9]*){1,5})$/;

/**
 * Functions whose parameter becomes an event's name in what a request carries. Notes the names of body members with the
 * requests on the way. `wrapped`: requests whose names have something put around them before they are sent.
 */
export function addEmittersByBody(
  search: BodySearch,
  emitters: Emitters,
): { found: SpelledOut[]; wrapped: Set<Call>; mentions: WeakName[] } {
  const { ev, sinks, sites, hints } = search;
  const reader = new BodyReader(ev, hints, search.records);
  const found: SpelledOut[] = [];
  const wrapped = new Set<Call>();
  const mentions: WeakName[] = [];
  const calls = new Map<Call, RequestSite[]>();
  for (const site of sites) calls.set(site.call, [...(calls.get(site.call) ?? []), site]);
  for (const [call, own] of calls) {
    if (own.every(({ request }) => request.kind === "browser" || request.kind === "spawn")) continue;
    const bodies = ev.ask(null, () => sinkCalls(ev, sinks, call).calls.map((c) => reader.ofCall(c)));
    for (const body of bodies) {
      noteFields(
        own.map(({ request }) => request),
        body,
      );
      const flow: EventFlow = { call, path: [], allowed: null };
      propagateBody(
        search,
        reader,
        body,
        { call, path: [], flow },
        emitters,
        found,
        { wrapped, mentions },
        new Set(),
        0,
      );
    }
  }
  search.records.handToNamesakes(ev);
  return { found, wrapped, mentions };
}

function noteFields(requests: readonly RequestFinding[], { fields }: RequestBody): void {
  for (const request of requests) request.bodyFields = [...new Set([...request.bodyFields, ...fields])].sort();
}

function propagateBody(
  search: BodySearch,
  reader: BodyReader,
  body: RequestBody,
  at: { call: Call; path: readonly Call[]; flow: EventFlow },
  emitters: Emitters,
  found: SpelledOut[],
  { wrapped, mentions }: { wrapped: Set<Call>; mentions: WeakName[] },
  seen: Set<string>,
  level: number,
): void {
  const { ev, callers } = search;
  for (const object of body.envelopes) {
    const record = search.records.add(at.call, object);
    if (record !== null && !record.flows.includes(at.flow)) record.flows.push(at.flow);
  }
  const mended = new Set(body.records.filter(isWrapped).flatMap((r) => originsOf(r.name).map(({ func: f }) => f)));
  if (mended.size > 0) wrapped.add(at.flow.call);
  for (const record of body.records) {
    const places = originsOf(record.name);
    // `name.startsWith(p) ? name : p + name`: which of the two it is, is known where the callers are gone through
    if (places.some(({ func: f }) => mended.has(f))) continue;
    for (const place of places)
      if (!isPassThrough(place.func, place.index)) addEmitter(ev, place, record, at.flow, emitters);
    const [only] = record.name.parts;
    if (places.length === 0 && record.name.parts.length === 1 && typeof only === "string" && EVENT_NAME.test(only)) {
      found.push({ call: at.call, path: at.path, name: record.name, fields: record.fields, flows: [at.flow] });
    }
  }
  for (const place of body.weakNames) mentions.push({ place, flow: at.flow });
  if (level >= LEVELS) return;
  const isHandedOn = at.flow.path.length === 0 && body.fields.size === 0;
  for (const { func: f, index: i, member } of body.passedThrough) {
    const key = `${f.unit.file} ${f.at} ${i} ${member}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const sites = callers.of(f);
    if (sites.length > SITES) continue;
    for (const { call, frame } of sites) {
      const inner = ev.ask(null, () => {
        const values = argument(ev, frame.args ?? [], i);
        return reader.ofValues(
          member === null
            ? values
            : memberOf(
                ev,
                values.filter((v) => v.kind !== "scalar"),
                member,
              ),
        );
      });
      if (member === null && inner.envelopes.size > 0) search.records.noteTaker(f, i, at.flow);
      const path = [...at.flow.path, { func: f, call }];
      if (isHandedOn) noteFields(requestsOfFlow(callers, { ...at.flow, path }, search.sites), inner);
      propagateBody(
        search,
        reader,
        inner,
        { call, path: [], flow: { ...at.flow, path } },
        emitters,
        found,
        { wrapped, mentions },
        seen,
        body.envelopes.size > 0 ? 0 : level + 1,
      );
    }
  }
}

/** Where an emitter's name is what ends up under such a member, its events are carried by that request as well. */
export function extendFlows({ ev, callers }: BodySearch, mentions: readonly WeakName[], emitters: Emitters): void {
  const queue = mentions.map(({ place, flow }) => ({ place, flow, level: 0 }));
  const seen = new Set<string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { place, flow, level } = next;
    const key = `${place.func.unit.file} ${place.func.at} ${place.index} ${flow.call.at}`;
    const sites = callers.of(place.func);
    if (place.member !== null || level > LEVELS || seen.has(key) || sites.length > SITES) continue;
    seen.add(key);
    const allowed = flow.allowed ?? allowList(ev, place);
    for (const { call, frame } of sites) {
      const path = [...flow.path, { func: place.func, call }];
      for (const outer of ev.ask(null, () =>
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

function addEmitter(
  ev: Evaluator,
  place: ParameterPlace,
  { payload, fields: own }: EventRecord,
  flow: EventFlow,
  emitters: Emitters,
): void {
  const same = payload.filter((p) => p.func === place.func && (p.index !== place.index || p.member !== place.member));
  const fields = same.length > 0 ? same : [{ func: place.func, index: place.index + 1, member: null }];
  emitters.add(place, place.member === null ? fields : same, [{ ...flow, allowed: allowList(ev, place) }], own);
}
