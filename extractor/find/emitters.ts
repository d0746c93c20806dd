import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Call, Expr } from "../ir/expression.ts";
import { homeOf } from "../ir/program.ts";
import type { Func, Variable } from "../ir/unit.ts";
import type { EmitterHints } from "../model/signature.ts";

/** A function that sends or queues an event, and which of its parameters is the event's name. */
export interface Emitter {
  f: Func;
  name: number;
}

/** Different names a function must be called with to be looked at. */
const NAMES = 3;
/** Names as programs write them: two words or more. */
const EVENT_NAME = /^[a-z][A-Za-z0-9_.:/-]*$/;
const TWO_WORDS = /[_.:/-]/;

/**
 * Functions that are called with many names, mostly for their effect alone, and that store the name under a telling member
 * or hand it to a telling method. Reads of flags take names too, but their result is used.
 */
export function findEmitters(ev: Evaluator, hints: readonly EmitterHints[]): Emitter[] {
  const keys = hints.flatMap((h) => h.keys.map((k) => new RegExp(k, "i")));
  const methods = hints.flatMap((h) => h.methods.map((m) => new RegExp(m, "i")));
  const emitters: Emitter[] = [];
  for (const { f, name } of named(ev)) {
    if (!emitters.some((e) => e.f === f) && handsOn(f, name, keys, methods)) emitters.push({ f, name });
  }
  return emitters;
}

interface Tally {
  names: Set<string>;
  calls: number;
  unused: number;
}

/** Functions by the names they are called with, read off the calls without evaluating any. */
function* named(ev: Evaluator): Iterable<Emitter> {
  const tallies = new Map<Variable | string, Tally[]>();
  for (const unit of ev.program.units) {
    for (const call of unit.calls) {
      const key = call.f.k === "ref" ? homeOf(call.f.v) : call.f.k === "member" ? call.f.p : null;
      if (key === null || call.construct) continue;
      for (let i = 0; i < Math.min(2, call.a.length); i++) {
        for (const name of namesIn(call.a[i]!)) tally(tallies, key, i, name, call);
      }
    }
  }
  for (const [key, byIndex] of tallies) {
    for (const [name, t] of byIndex.entries()) {
      if (t === undefined || t.names.size < NAMES || t.unused * 2 < t.calls) continue;
      const functions =
        typeof key === "string" ? (ev.program.functionsNamed.get(key) ?? []) : key.definitions.flatMap((d) => (d.e.k === "function" ? [d.e.f] : []));
      for (const f of functions) if (name < f.params) yield { f, name };
    }
  }
}

function tally(tallies: Map<Variable | string, Tally[]>, key: Variable | string, i: number, name: string, call: Call): void {
  let byIndex = tallies.get(key);
  if (byIndex === undefined) {
    byIndex = [];
    tallies.set(key, byIndex);
  }
  byIndex[i] ??= { names: new Set(), calls: 0, unused: 0 };
  const t = byIndex[i];
  t.names.add(name);
  t.calls++;
  if (call.used !== "yes") t.unused++;
}

function* namesIn(e: Expr): Iterable<string> {
  if (e.k === "literal" && typeof e.v === "string") {
    if (e.v.length <= 120 && EVENT_NAME.test(e.v) && TWO_WORDS.test(e.v)) yield e.v;
  } else if (e.k === "conditional") {
    yield* namesIn(e.yes);
    yield* namesIn(e.no);
  }
}

/** Does the function store its parameter under such a member, or give it to such a method? */
function handsOn(f: Func, parameter: number, keys: RegExp[], methods: RegExp[]): boolean {
  const variable = f.paramVariables[parameter];
  if (!variable) return false;
  const isName = (e: Expr): boolean =>
    (e.k === "ref" && homeOf(e.v) === variable) || (e.k === "concat" && e.parts.some(isName)) || (e.k === "choice" && (isName(e.l) || isName(e.r)));
  const stores = (e: Expr): boolean =>
    e.k === "object" && e.members.some((m) => m.k === "value" && ((isName(m.e) && keys.some((k) => k.test(m.key))) || stores(m.e)));
  return bodiesOf(f).some((body) =>
    body.calls.some((call) => {
      if (call.a.some(stores)) return true;
      const method = call.f.k === "member" ? call.f.p : null;
      return method !== null && methods.some((m) => m.test(method)) && call.a.some(isName);
    }),
  );
}

const bodies = new WeakMap<Func, Func[]>();

/** A function and the functions written inside it. */
function bodiesOf(f: Func): Func[] {
  let all = bodies.get(f);
  if (all === undefined) {
    all = f.unit.functions.filter((g) => {
      for (let h: Func | null = g; h !== null; h = h.outer) if (h === f) return true;
      return false;
    });
    bodies.set(f, all);
  }
  return all;
}

