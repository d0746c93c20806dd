import { canonical } from "../../ir/program.ts";
import type { Variable } from "../../ir/unit.ts";
import { hole, joinAll, type NativeValue, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import { type Env, envOf, newEnv } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/**
 * What a `WeakMap` holds for some object: older runtimes keep private members so, one map for each, and reach it through a helper.
 *
 * `_path.set(this, "/v1")`   `set(this, _path, "/v1")`
 */
export function weakMapEntry(ev: Evaluator, o: NativeValue): Values {
  const values: Values[] = [];
  const seen = new Set<Variable>();
  for (const { variable: v, env, at } of o.writers) if (at.length === 0) addEntries(ev, v, env, values, seen);
  const found = joinAll(values);
  return found.length > 0 ? found : [hole("unknown", "entry")];
}

function addEntries(ev: Evaluator, v: Variable, env: Env | null, values: Values[], seen: Set<Variable>): void {
  if (seen.has(v) || seen.size > BOUNDS.weakMapWrites) return;
  seen.add(v);
  for (const { method, path, call } of v.mutations)
    if (method === "set" && path.length === 0 && call.arguments.length === 2)
      values.push(ev.evaluate(call.arguments[1]!, env));
  for (const alias of ev.program.heldBy.get(v) ?? []) addEntries(ev, alias, null, values, seen);
  for (const { expression: e } of v.definitions) {
    const given = e.kind === "param" ? envOf(env, e.func)?.args?.[e.index] : { e, env };
    if (given && "expression" in given && given.expression.kind === "ref")
      addEntries(ev, canonical(given.expression.variable), given.env, values, seen);
  }
  for (const { call, index } of v.passedTo.slice(0, BOUNDS.weakMapWrites)) {
    for (const callee of ev.evaluate(call.callee, null)) {
      const parameter = callee.kind === "function" ? callee.func.paramVariables[index] : null;
      if (callee.kind !== "function" || !parameter || canonical(parameter).mutations.length === 0) continue;
      const given = { args: argumentsOf(call, null), self: null };
      const inside = newEnv(callee.func, callee.env, given, 1);
      addEntries(ev, canonical(parameter), inside, values, seen);
      // the next call gives it another value
      seen.delete(canonical(parameter));
    }
  }
}
