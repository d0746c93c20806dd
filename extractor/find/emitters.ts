import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Expr } from "../ir/expression.ts";
import { homeOf } from "../ir/program.ts";
import type { Func } from "../ir/unit.ts";
import type { EmitterHints } from "../model/signature.ts";
import { bodiesOf, calleesOf, namedCalls } from "./named-calls.ts";

/** A function that sends or queues an event, and which of its parameters is the event's name. */
export interface Emitter {
  f: Func;
  name: number;
}

/** Different names a function must be called with to be looked at. */
const NAMES = 3;

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

/** Functions by the names they are called with. */
function* named({ program }: Evaluator): Iterable<Emitter> {
  for (const calls of namedCalls(program)) {
    if (calls.names.size < NAMES || calls.unused * 2 < calls.calls.length) continue;
    for (const f of calleesOf(program, calls)) if (calls.index < f.params) yield { f, name: calls.index };
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
