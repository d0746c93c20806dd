import { onlyHole, type Text } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call } from "../../ir/expression.ts";
import type { RequestFinding } from "../../model/finding.ts";
import type { EmitterHints } from "../../model/telemetry-hints.ts";
import type { Callers } from "../calls/callers.ts";
import { givesBack } from "../calls/pass-through.ts";
import { allowList, type Reach, type RequestSite, requestsReached } from "../requests/carried-by.ts";
import { sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import { type Body, BodyReader, type Place, placeOf, type Record } from "./body-records.ts";
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
  name: Text;
  fields: string[];
  reach: Reach[];
}

/** A parameter that a request carries under a member that may hold an event's name. */
export interface Mention {
  place: Place;
  reach: Reach;
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
): { found: SpelledOut[]; wrapped: Set<Call>; mentions: Mention[] } {
  const { ev, sinks, sites, hints } = search;
  const reader = new BodyReader(ev, hints, search.records);
  const found: SpelledOut[] = [];
  const wrapped = new Set<Call>();
  const mentions: Mention[] = [];
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
      const reach: Reach = { call, path: [], allowed: null };
      follow(search, reader, body, { call, path: [], reach }, emitters, found, { wrapped, mentions }, new Set(), 0);
    }
  }
  search.records.handToNamesakes(ev);
  return { found, wrapped, mentions };
}

function noteFields(requests: readonly RequestFinding[], { fields }: Body): void {
  for (const request of requests) request.bodyFields = [...new Set([...request.bodyFields, ...fields])].sort();
}

function follow(
  search: BodySearch,
  reader: BodyReader,
  body: Body,
  at: { call: Call; path: readonly Call[]; reach: Reach },
  emitters: Emitters,
  found: SpelledOut[],
  { wrapped, mentions }: { wrapped: Set<Call>; mentions: Mention[] },
  seen: Set<string>,
  level: number,
): void {
  const { ev, callers } = search;
  for (const object of body.envelopes) {
    const record = search.records.add(at.call, object);
    if (record !== null && !record.reach.includes(at.reach)) record.reach.push(at.reach);
  }
  const mended = new Set(body.records.filter(isWrapped).flatMap((r) => originsOf(r.name).map(({ func: f }) => f)));
  if (mended.size > 0) wrapped.add(at.reach.call);
  for (const record of body.records) {
    const places = originsOf(record.name);
    // `name.startsWith(p) ? name : p + name`: which of the two it is, is known where the callers are gone through
    if (places.some(({ func: f }) => mended.has(f))) continue;
    for (const place of places)
      if (!givesBack(place.func, place.index)) addEmitter(ev, place, record, at.reach, emitters);
    const [only] = record.name.parts;
    if (places.length === 0 && record.name.parts.length === 1 && typeof only === "string" && EVENT_NAME.test(only)) {
      found.push({ call: at.call, path: at.path, name: record.name, fields: record.fields, reach: [at.reach] });
    }
  }
  for (const place of body.mentions) mentions.push({ place, reach: at.reach });
  if (level >= LEVELS) return;
  const isHandedOn = at.reach.path.length === 0 && body.fields.size === 0;
  for (const { func: f, index: i, member } of body.whole) {
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
      if (member === null && inner.envelopes.size > 0) search.records.noteTaker(f, i, at.reach);
      const path = [...at.reach.path, { func: f, call }];
      if (isHandedOn) noteFields(requestsReached(callers, { ...at.reach, path }, search.sites), inner);
      follow(
        search,
        reader,
        inner,
        { call, path: [], reach: { ...at.reach, path } },
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
export function extendReach({ ev, callers }: BodySearch, mentions: readonly Mention[], emitters: Emitters): void {
  const queue = mentions.map(({ place, reach }) => ({ place, reach, level: 0 }));
  const seen = new Set<string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { place, reach, level } = next;
    const key = `${place.func.unit.file} ${place.func.at} ${place.index} ${reach.call.at}`;
    const sites = callers.of(place.func);
    if (place.member !== null || level > LEVELS || seen.has(key) || sites.length > SITES) continue;
    seen.add(key);
    const allowed = reach.allowed ?? allowList(ev, place);
    for (const { call, frame } of sites) {
      const path = [...reach.path, { func: place.func, call }];
      for (const outer of ev.ask(null, () =>
        argument(ev, frame.args ?? [], place.index).flatMap((v) => placeOf(v) ?? []),
      )) {
        const emitter = emitters.at(outer.func, outer.index);
        if (emitter) emitter.reach.push({ ...reach, path, allowed });
        else queue.push({ place: outer, reach: { ...reach, path, allowed }, level: level + 1 });
      }
    }
  }
}

const isWrapped = ({ name }: Record): boolean => originsOf(name).length > 0 && onlyHole(name) === null;

/** Parameters in a name: as such, as a member of one, or with something around it. */
function originsOf(name: Text): Place[] {
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
  place: Place,
  { payload, fields: own }: Record,
  reach: Reach,
  emitters: Emitters,
): void {
  const same = payload.filter((p) => p.func === place.func && (p.index !== place.index || p.member !== place.member));
  const fields = same.length > 0 ? same : [{ func: place.func, index: place.index + 1, member: null }];
  emitters.add(place, place.member === null ? fields : same, [{ ...reach, allowed: allowList(ev, place) }], own);
}
