import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberNames, memberOf } from "../evaluate/member.ts";
import { toTexts } from "../evaluate/text-of.ts";
import { type Text, textKey, type Values } from "../evaluate/value.ts";
import type { Call } from "../ir/expression.ts";
import type { Func } from "../ir/unit.ts";
import type { EventFinding } from "../model/finding.ts";
import type { EventCall, SinkTable } from "../model/signature.ts";
import { isHole, template } from "../model/template.ts";
import type { Callers, CallSite } from "./callers.ts";
import { climb } from "./climb.ts";
import { findEmitters } from "./emitters.ts";
import { callEvidence, type Locate } from "./evidence.ts";
import type { Gates } from "./gates.ts";

export interface EventSearch {
  ev: Evaluator;
  callers: Callers;
  gates: Gates;
  tables: readonly SinkTable[];
  locate: Locate;
}

/** What a telemetry call says, in the terms of its place. */
interface Saying {
  call: Call;
  name: () => Values;
  fields: () => Values;
}

/** Telemetry events by name, with the fields given at the call. */
export function findEvents(search: EventSearch): EventFinding[] {
  const found: EventFinding[] = [];
  const emitters = findEmitters(search.ev, search.tables.flatMap((t) => t.emitters ?? []));
  const functions = new Set(emitters.map((e) => e.f));
  for (const { f, name } of emitters) {
    for (const site of search.callers.of(f)) found.push(...said(search, fromSite(search.ev, site, name), functions));
  }
  for (const eventCall of search.tables.flatMap((t) => t.eventCalls ?? [])) {
    for (const call of search.ev.program.callsOfMember.get(eventCall.callee.slice(2)) ?? []) {
      if (call.a.length > 0) found.push(...said(search, fromOptions(search.ev, call, eventCall), functions));
    }
  }
  return found;
}

function fromSite(ev: Evaluator, { call, frame }: CallSite, name: number): Saying {
  const args = frame.args ?? [];
  return { call, name: () => argument(ev, args, name), fields: () => argument(ev, args, name + 1) };
}

function fromOptions(ev: Evaluator, call: Call, { name, fields }: EventCall): Saying {
  const record = () => ev.evaluate(call.a[0]!, null).filter((v) => v.t === "object");
  return { call, name: () => memberOf(ev, record(), name), fields: () => memberOf(ev, record(), fields) };
}

function said({ ev, callers, gates, locate }: EventSearch, saying: Saying, emitters: ReadonlySet<Func>): EventFinding[] {
  const found: EventFinding[] = [];
  const { call } = saying;
  const seen = new Set<string>();
  climb(
    ev,
    callers,
    // what an emitter was called with is found at its own calls
    () => texts(ev, saying).flatMap(({ parts }) => parts.flatMap((p) => (isHole(p) && "origin" in p && p.origin && !emitters.has(p.origin.f) ? [p.origin.f] : []))),
    (at, final) => {
      const before = found.length;
      for (const t of texts(ev, saying)) {
        if (!final && t.parts.some((p) => isHole(p) && "origin" in p && p.origin)) continue;
        if (!isName(t)) continue;
        const fields = [...new Set(saying.fields().flatMap((v) => memberNames(ev, v)))].sort();
        const key = `${textKey(t)} ${fields.join()}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const name = template(t.parts.map((p) => (typeof p === "string" ? p : { kind: p.kind, name: p.name })));
        found.push({ name, fields, gates: gates.of(call, at.path), evidence: callEvidence(locate, call, at.path) });
      }
      return found.length > before;
    },
  );
  return found;
}

const texts = (ev: Evaluator, saying: Saying): Text[] => toTexts(ev, saying.name()).filter((t) => t.parts.length > 0);

/** A name is one word of a program; a part of it may be computed. */
function isName(t: Text): boolean {
  const literal = t.parts.filter((p) => typeof p === "string").join("");
  return /^[\w.:/@ -]{3,160}$/.test(literal) && /[a-z]{2}/i.test(literal);
}
