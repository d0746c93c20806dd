import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberNames, memberOf } from "../evaluate/member.ts";
import { toTexts } from "../evaluate/text-of.ts";
import { join, type Text, textKey, type Values } from "../evaluate/value.ts";
import type { Call } from "../ir/expression.ts";
import type { EventFinding } from "../model/finding.ts";
import type { EventCall, SinkTable } from "../model/signature.ts";
import { isHole, template } from "../model/template.ts";
import type { Place } from "./bodies.ts";
import type { Callers, CallSite } from "./callers.ts";
import { climb } from "./climb.ts";
import { addEmittersByBody } from "./emitters-by-body.ts";
import { addEmittersByUse, type Emitter, Emitters } from "./emitters.ts";
import { callEvidence, type Locate } from "./evidence.ts";
import type { Gates } from "./gates.ts";
import { type Reach, reachOfObject, requestsReached, type RequestSite } from "./reach.ts";
import type { SinkIndex } from "./sink-index.ts";

export interface EventSearch {
  ev: Evaluator;
  callers: Callers;
  gates: Gates;
  sinks: SinkIndex;
  tables: readonly SinkTable[];
  sites: readonly RequestSite[];
  locate: Locate;
}

/** What a telemetry call says, in the terms of its place. */
interface Saying {
  call: Call;
  name: () => Values;
  fields: () => Values;
  /** Null where the call itself is what sends. */
  emitter: Emitter | null;
  reach: Reach[];
}

/** Telemetry events by name, with the fields given at the call. */
export function findEvents(search: EventSearch): EventFinding[] {
  const { ev, callers, tables, sites } = search;
  const hints = tables.flatMap((t) => t.emitters ?? []);
  const emitters = new Emitters();
  const found: { event: EventFinding; emitter: Emitter | null; reach: Reach[] }[] = [];
  for (const { call, path, name, fields, reach } of addEmittersByBody({ ...search, hints }, emitters)) {
    const event = { name: plain(name), fields, gates: search.gates.of(call, path), evidence: callEvidence(search.locate, call, path) };
    if (isName(name)) found.push({ event, emitter: null, reach });
  }
  addEmittersByUse(ev, hints, emitters);
  for (const emitter of [...emitters]) {
    for (const site of callers.of(emitter.f)) found.push(...said(search, fromSite(ev, site, emitter), emitters));
  }
  for (const eventCall of tables.flatMap((t) => t.eventCalls ?? [])) {
    for (const call of ev.program.callsOfMember.get(eventCall.callee.slice(2)) ?? []) {
      if (call.a.length > 0) found.push(...said(search, fromOptions(ev, call, eventCall, sites), emitters));
    }
  }
  return found.map(({ event, emitter, reach }) => ({ ...event, carriers: carriersOf(event, emitter?.reach ?? reach, sites) }));
}

function carriersOf({ name }: EventFinding, reach: readonly Reach[], sites: readonly RequestSite[]): number[] {
  const [only] = name;
  const carriers = new Set<number>();
  for (const r of new Set(reach)) {
    if (r.allowed !== null && !(name.length === 1 && typeof only === "string" && r.allowed.has(only))) continue;
    for (const { ref } of requestsReached(r, sites)) if (ref !== undefined) carriers.add(ref);
  }
  return [...carriers];
}

function fromSite(ev: Evaluator, { call, frame }: CallSite, emitter: Emitter): Saying {
  const args = frame.args ?? [];
  const at = ({ i, member }: Place): Values => {
    const values = argument(ev, args, i);
    return member === null ? values : memberOf(ev, values.filter((v) => v.t !== "scalar"), member);
  };
  return { call, name: () => at(emitter.name), fields: () => join(...emitter.fields.map(at)), emitter, reach: emitter.reach };
}

function fromOptions(ev: Evaluator, call: Call, { name, fields }: EventCall, sites: readonly RequestSite[]): Saying {
  const record = () => ev.evaluate(call.a[0]!, null).filter((v) => v.t === "object");
  const reach = call.f.k === "member" ? reachOfObject(ev, call.f.o, sites) : [];
  return { call, name: () => memberOf(ev, record(), name), fields: () => memberOf(ev, record(), fields), emitter: null, reach };
}

type Found = { event: EventFinding; emitter: Emitter | null; reach: Reach[] };

function said({ ev, callers, gates, locate }: EventSearch, saying: Saying, emitters: Emitters): Found[] {
  const found: Found[] = [];
  const { call, emitter } = saying;
  const seen = new Set<string>();
  climb(
    ev,
    callers,
    () =>
      texts(ev, saying).flatMap(({ parts }) =>
        parts.flatMap((p) => {
          if (!isHole(p) || !("origin" in p) || !p.origin) return [];
          const other = emitters.at(p.origin.f, p.origin.i);
          if (other === undefined || other === emitter) return [p.origin.f];
          // what an emitter was called with is found at its own calls, and reaches what this one reaches
          other.reach.push(...saying.reach.filter((r) => !other.reach.includes(r)));
          return [];
        }),
      ),
    (at, final) => {
      const before = found.length;
      for (const t of texts(ev, saying)) {
        if (!final && t.parts.some((p) => isHole(p) && "origin" in p && p.origin)) continue;
        if (!isName(t)) continue;
        const fields = [...new Set(saying.fields().flatMap((v) => memberNames(ev, v)))].sort();
        const key = `${textKey(t)} ${fields.join()}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const event = { name: plain(t), fields, gates: gates.of(call, at.path), evidence: callEvidence(locate, call, at.path) };
        found.push({ event, emitter, reach: saying.reach });
      }
      return found.length > before;
    },
  );
  return found;
}

const plain = (t: Text): EventFinding["name"] => template(t.parts.map((p) => (typeof p === "string" ? p : { kind: p.kind, name: p.name })));

const texts = (ev: Evaluator, saying: Saying): Text[] => toTexts(ev, saying.name()).filter((t) => t.parts.length > 0);

/** A name is one word of a program; a part of it may be computed. */
function isName(t: Text): boolean {
  const literal = t.parts.filter((p) => typeof p === "string").join("");
  return /^[\w.:/@ -]{3,160}$/.test(literal) && /[a-z]{2}/i.test(literal);
}
