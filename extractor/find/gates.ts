import { type Env, envOf } from "../evaluate/env.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Call, Expr, Guard } from "../ir/expression.ts";
import { homeOf } from "../ir/program.ts";
import type { Func } from "../ir/unit.ts";
import type { Gate } from "../model/report.ts";
import type { Climb } from "./climb.ts";

/** Predicates inside predicates. */
const DEPTH = 4;

/** Switches that decide whether a call is reached: conditions around it in its function and in the callers assumed. */
export function gatesOf(ev: Evaluator, call: Call, at: Climb): Gate[] {
  const gates = new Map<string, Gate>();
  const add = (guard: Guard | null, env: Env | null) => {
    for (let g = guard; g !== null; g = g.outer) {
      for (const { name, sense } of switches(ev, g.test, env, true, DEPTH)) {
        const effect = sense === g.is ? "enables" : "silences";
        gates.set(name, { kind: "env", name, effect });
      }
    }
  };
  for (const c of [call, ...at.path]) add(c.guard, envOf(null, c.within));
  return [...gates.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Switch {
  name: string;
  /** The condition holds when the variable is set. */
  sense: boolean;
}

/** Environment variables that a condition looks at, through predicates and what they return. */
function* switches(ev: Evaluator, e: Expr, env: Env | null, sense: boolean, depth: number): Iterable<Switch> {
  switch (e.k) {
    case "not":
      yield* switches(ev, e.e, env, !sense, depth);
      return;
    case "await":
      yield* switches(ev, e.e, env, sense, depth);
      return;
    case "choice":
      yield* switches(ev, e.l, env, sense, depth);
      yield* switches(ev, e.r, env, sense, depth);
      return;
    case "conditional":
      yield* switches(ev, e.test, env, sense, depth);
      return;
    case "compare": {
      const other = e.op === "!==" ? !sense : sense;
      yield* switches(ev, e.l, env, other, depth);
      yield* switches(ev, e.r, env, other, depth);
      return;
    }
    case "member": {
      const direct = e.o.k === "member" && e.o.p === "env" ? ev.evaluate(e, env) : [];
      for (const v of direct) {
        if (v.t !== "text") continue;
        for (const p of v.parts) if (typeof p === "object" && p.kind === "env") yield { name: p.name, sense };
      }
      return;
    }
    case "ref": {
      const { definitions } = homeOf(e.v);
      if (depth > 0 && definitions.length === 1) yield* switches(ev, definitions[0]!.e, env, sense, depth - 1);
      return;
    }
    case "call": {
      for (const a of e.a) if (a.k === "member") yield* switches(ev, a, env, sense, depth);
      if (depth === 0 || e.f.k !== "ref") return;
      for (const { e: d } of homeOf(e.f.v).definitions) if (d.k === "function") yield* ofPredicate(ev, d.f, sense, depth - 1);
      return;
    }
    default:
  }
}

/** `function off() { if (env.A) return true; return env.B }` */
function* ofPredicate(ev: Evaluator, f: Func, sense: boolean, depth: number): Iterable<Switch> {
  for (const { e, guard } of f.returns) {
    const constant = e.k === "literal" ? Boolean(e.v) : null;
    if (constant === null) yield* switches(ev, e, null, sense, depth);
    else if (guard !== null) yield* switches(ev, guard.test, null, (guard.is === constant) === sense, depth);
  }
}
