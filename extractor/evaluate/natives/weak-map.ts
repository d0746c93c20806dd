import { canonical } from "../../ir/program.ts";
import type { Variable } from "../../ir/unit.ts";
import { hole, joinAll, type NativeValue, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import { type Env, envOf, newEnv } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { argument } from "../transfer/compute.ts";

/** What a `WeakRef` gives back, or a `WeakMap`; null for other methods. */
export function heldWeakly(ev: Evaluator, o: NativeValue, method: string): Values | null {
  if (o.path === "WeakRef") return method === "deref" ? argument(ev, o.args, 0) : null;
  return method === "get" ? weakMapEntry(ev, o) : null;
}

/**
 * What a `WeakMap` holds for some object: older runtimes keep private members so, one map for each, and reach it
 * through a helper.
 *
 * `_path.set(this, "/v1")`   `set(this, _path, "/v1")`
 */
function weakMapEntry(ev: Evaluator, o: NativeValue): Values {
  const entries: Entries = { values: [], seen: new Set() };
  for (const { variable: v, env, at } of o.writers) if (at.length === 0) addEntries(ev, v, env, entries);
  const found = joinAll(entries.values);
  return found.length > 0 ? found : [hole("unknown", "entry")];
}

interface Entries {
  values: Values[];
  /** Variables that were asked already. */
  seen: Set<Variable>;
}

function addEntries(ev: Evaluator, v: Variable, env: Env | null, entries: Entries): void {
  const { values, seen } = entries;
  if (seen.has(v) || seen.size > BOUNDS.weakMapWrites) return;
  seen.add(v);
  for (const { method, path, call } of v.mutations)
    if (method === "set" && path.length === 0 && call.arguments.length === 2)
      values.push(ev.evaluate(call.arguments[1]!, env));
  for (const alias of ev.program.heldBy.get(v) ?? []) addEntries(ev, alias, null, entries);
  for (const { expression: e } of v.definitions) {
    const given = e.kind === "param" ? envOf(env, e.func)?.args?.[e.index] : { e, env };
    if (given && "expression" in given && given.expression.kind === "ref")
      addEntries(ev, canonical(given.expression.variable), given.env, entries);
  }
  for (const { call, index } of v.passedTo.slice(0, BOUNDS.weakMapWrites)) {
    for (const callee of ev.evaluate(call.callee, null)) {
      const parameter = callee.kind === "function" ? callee.func.paramVariables[index] : null;
      if (callee.kind !== "function" || !parameter || canonical(parameter).mutations.length === 0) continue;
      const given = { args: argumentsOf(call, null), self: null };
      const inside = newEnv(callee.func, callee.env, given, 1);
      addEntries(ev, canonical(parameter), inside, entries);
      // the next call gives it another value
      seen.delete(canonical(parameter));
    }
  }
}
