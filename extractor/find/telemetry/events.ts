import { join, textKey, type Values } from "../../evaluate/domain/value.ts";
import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";

import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import type { AllowListFinding } from "../../model/finding.ts";
import type { SinkTable } from "../../model/signatures/sink.ts";
import { isHole } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { CallSite } from "../calls/call-site.ts";
import type { Callers } from "../calls/callers.ts";
import { namedCalls } from "../calls/calls-with-names.ts";
import { searchContexts } from "../calls/context-search.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import { memberOfEach, type ParameterPlace, spreadParameters } from "../calls/parameter-place.ts";
import { isPassThrough } from "../calls/pass-through.ts";
import { type RequestSite, requestsOfFlow } from "../requests/carried-by.ts";
import { sinkCalls } from "../sinks/sink-calls.ts";
import type { SinkIndex } from "../sinks/sink-index.ts";
import type { GateRequests, UngatedEvent } from "../switches/gate-requests.ts";
import { type BodyFields, BodyReader } from "./body-records.ts";
import { DroppedNames } from "./dropped-names.ts";
import type { Emission, EventObject } from "./emission.ts";
import { addEmittersByUse, type Emitter, Emitters } from "./emitters.ts";
import { addEmittersByBody, extendFlows } from "./emitters-by-body.ts";
import { atPath, type EnvelopeRecord, EnvelopeRecords, type EnvelopeShapes } from "./envelopes.ts";
import { emissionsOf } from "./event-calls.ts";
import { addEventFactories } from "./event-factories.ts";
import { eventFields } from "./event-fields.ts";
import { isEventName, nameTexts, plainName } from "./event-names.ts";
import { LibraryTransports } from "./library-transports.ts";
import { ObjectGraphs } from "./object-graph.ts";
import { WayToRequest } from "./way-to-request.ts";

export interface EventSearch {
  ev: Questions;
  callers: Callers;
  gates: GateRequests;
  sinks: SinkIndex;
  tables: readonly SinkTable[];
  sites: readonly RequestSite[];
  envelopes: EnvelopeShapes;
  locate: Locate;
}

export interface FoundEvents {
  events: UngatedEvent[];
  allowLists: AllowListFinding[];
  emitters: readonly Emitter[];
  objects: readonly EventObject[];
  records: readonly EnvelopeRecord[];
  /** What the bodies of requests are seen to hold. */
  bodyFields: BodyFields;
}

/** Telemetry events by name, with the fields given at the call. */
export function findEvents(search: EventSearch): FoundEvents {
  const { ev, callers, tables } = search;
  const hints = tables.flatMap((t) => t.emitters ?? []);
  const emitters = new Emitters();
  const records = new EnvelopeRecords(ev, callers, search.envelopes);
  const found: FoundEvent[] = [];
  const direct: Emission[] = [];
  const objects: EventObject[] = [];
  const relays: Relays = new Map();
  const graphs = new ObjectGraphs(ev, callers);
  const saidBy = (saying: Emission) => said({ ...search, graphs }, saying, emitters, relays);
  const byBody = addEmittersByBody({ ...search, hints, records, graphs }, emitters);
  for (const { call, path, name, fields, flows } of byBody.found) {
    const event = {
      name: plainName(name),
      fields,
      gates: search.gates.of(call, path),
      evidence: callEvidence(search.locate, call, path),
    };
    if (isEventName(name)) found.push({ event, emitter: null, flows });
  }
  addEmittersByUse(ev, hints, emitters);
  for (const { emitter, made } of addEventFactories({ ...search, hints, bodyFields: byBody.bodyFields }, emitters)) {
    const values = (ev: Evaluator) => made.flatMap((e) => ev.evaluate(e, null));
    objects.push({ values, own: [emitter.name, ...emitter.fields], flows: emitter.flows });
  }
  const carriers = new LibraryTransports({ ...search, hints, graphs, bodyFields: byBody.bodyFields });
  const dropped = new DroppedNames(ev, callers);
  const eventCalls = tables.flatMap((t) => t.eventCalls ?? []);
  for (const eventCall of eventCalls)
    direct.push(...emissionsOf({ ev, carriers, dropped, emitters, objects }, eventCall));
  const reader = new BodyReader(hints, records);
  for (const call of byBody.wrapped) direct.push(fromBody(search, reader, call));
  for (const record of records.all) direct.push(fromRecord(record));
  for (const saying of direct) found.push(...saidBy(saying));
  for (const emitter of [...emitters]) {
    for (const site of callers.of(emitter.func)) found.push(...saidBy(fromSite(site, emitter)));
  }
  // a relay of a relay is added meanwhile, and comes up as well
  for (const [f, { index: i, emitter }] of relays) {
    for (const call of readAs(ev, f)) {
      const site = { call, frame: { args: argumentsOf(call, null), self: null } };
      const relay = {
        func: f,
        name: { func: f, index: i, member: null },
        fields: [{ func: f, index: i + 1, member: null }],
        own: emitter.own,
        flows: emitter.flows,
        isSure: emitter.isSure,
      };
      found.push(...saidBy(fromSite(site, relay)));
    }
  }
  extendFlows(search, byBody.mentions, emitters);
  const allowed = new Map<number, Set<string>>();
  const events = found
    .map((one) => ({ ...one.event, carriers: carriersOf(search, one, allowed) }))
    .filter(({ carriers, name }) => carriers.length > 0 || isEventName({ kind: "text", parts: name }));
  const allowLists = [...allowed].map(([carrier, names]) => ({ carrier, names: [...names] }));
  const { bodyFields } = byBody;
  return { events, allowLists, emitters: [...emitters], objects, records: records.all, bodyFields };
}

function carriersOf(
  { callers, sites }: EventSearch,
  { event: { name }, emitter, flows, never = emitter?.never }: FoundEvent,
  lists: Map<number, Set<string>>,
): number[] {
  const [only] = name;
  const carriers = new Set<number>();
  for (const r of new Set(emitter?.flows ?? flows)) {
    const passes = r.allowed === null || (name.length === 1 && typeof only === "string" && r.allowed.has(only));
    for (const request of requestsOfFlow(callers, r, sites)) {
      const { ref } = request;
      if (ref === undefined || never?.has(request)) continue;
      if (r.allowed !== null) lists.set(ref, new Set([...(lists.get(ref) ?? []), ...r.allowed]));
      if (passes) carriers.add(ref);
    }
  }
  return [...carriers];
}

function fromSite({ call, frame }: CallSite, emitter: Emitter): Emission {
  const args = frame.args ?? [];
  const at = (ev: Evaluator, { index: i, member }: ParameterPlace): Values => {
    const values = argument(ev, args, i);
    if (member === null) return values;
    const objects = emitter.isSure ? values : values.filter(({ kind }) => kind !== "array");
    return memberOfEach(ev, objects, member);
  };
  return {
    call,
    name: (ev) => at(ev, emitter.name),
    fields: (ev) => join(...emitter.fields.map((place) => at(ev, place))),
    known: () => [...emitter.own],
    emitter,
    flows: emitter.flows,
  };
}

/** What is put around a name is known where the request is made: its callers are gone through from there. */
function fromBody({ sinks }: EventSearch, reader: BodyReader, call: Call): Emission {
  const bodies = (ev: Evaluator) => sinkCalls(ev, sinks, call).calls.map((c) => reader.ofCall(ev, c));
  const records = (ev: Evaluator) => bodies(ev).flatMap((b) => b.records);
  return {
    call,
    name: (ev) => records(ev).map((r) => r.name),
    fields: () => [],
    known: (ev) => records(ev).flatMap((r) => r.fields),
    waits: (ev) =>
      bodies(ev).flatMap((b) =>
        (b.records.length > 0 ? b.records.flatMap((r) => r.payload) : b.passedThrough).map(({ func: f }) => f),
      ),
    emitter: null,
    flows: [{ call, path: [], allowed: null }],
  };
}

function fromRecord({ call, object, envelope, flows }: EnvelopeRecord): Emission {
  return {
    call,
    name: (ev) => envelope.name.map((path) => atPath(ev, object, path)).find((values) => values.length > 0) ?? [],
    fields: (ev) => envelope.fields.flatMap((path) => atPath(ev, object, path).filter((v) => v.kind === "object")),
    emitter: null,
    flows,
  };
}

/** Functions that hand a name they are told to an emitter. */
type Relays = Map<Func, { index: number; emitter: Emitter }>;

/**
 * `const { track } = this.context; track(name)`: calls of variables that are read from a member under which the
 * function is known.
 */
function readAs({ program }: Questions, f: Func): Call[] {
  return namedCalls(program)
    .filter(
      ({ callee, index }) =>
        typeof callee !== "string" &&
        index === 0 &&
        callee.definitions.some(({ expression: e }) => e.kind === "member" && f.aliases.includes(e.property)),
    )
    .flatMap(({ calls }) => calls);
}

type FoundEvent = { event: UngatedEvent; emitter: Emitter | null } & Pick<Emission, "flows" | "never">;

function said(
  { ev, callers, gates, locate, graphs }: EventSearch & { graphs: ObjectGraphs },
  saying: Emission,
  emitters: Emitters,
  relays: Relays,
): FoundEvent[] {
  const found: FoundEvent[] = [];
  const { call, emitter } = saying;
  const seen = new Set<string>();
  const way = new WayToRequest({ ev, callers, graphs }, saying.flows);
  searchContexts(ev, callers, {
    mayCall: (caller, f, outer) => way.mayCall(caller, f, outer),
    open: (ev, { path }) => [
      ...(saying.waits?.(ev) ?? []),
      // fields that a caller adds
      ...(path.length < FIND_BOUNDS.fieldLevels
        ? saying.fields(ev).flatMap((v) => spreadParameters(ev, v).map(({ func: f }) => f))
        : []),
      ...nameTexts(ev, saying.name(ev)).flatMap(({ parts }) =>
        parts.flatMap((p) => {
          if (!isHole(p) || !("origin" in p) || !p.origin) return [];
          const other = emitters.at(p.origin.func, p.origin.index);
          if (other === undefined || other === emitter) {
            if (emitter !== null && parts.length === 1 && !isPassThrough(p.origin.func, p.origin.index))
              relays.set(p.origin.func, { index: p.origin.index, emitter });
            return [p.origin.func];
          }
          // what an emitter was called with is found at its own calls, and reaches what this one reaches
          other.flows.push(...saying.flows.filter((r) => !other.flows.includes(r)));
          return [];
        }),
      ),
    ],
    answer: (ev, at, final) => {
      const before = found.length;
      for (const t of nameTexts(ev, saying.name(ev))) {
        if (!final && t.parts.some((p) => isHole(p) && "origin" in p && p.origin)) continue;
        if (!isEventName(t, saying.isSure || (emitter?.isSure && emitter.flows.length > 0))) continue;
        const given = saying.fields(ev).flatMap((v) => eventFields(ev, v));
        const fields = [...new Set([...given, ...(saying.known?.(ev) ?? [])])].sort();
        const key = `${textKey(t)} ${fields.join()}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const event = {
          name: plainName(t),
          fields,
          gates: gates.of(call, at.path),
          evidence: callEvidence(locate, call, at.path),
        };
        found.push({
          event,
          emitter,
          flows: saying.flows,
          ...(saying.never === undefined ? {} : { never: saying.never }),
        });
      }
      return found.length > before ? "news" : "nothing";
    },
  });
  return found;
}
