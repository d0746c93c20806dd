import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { type Argument, hole, joinAll, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import { callDepth, type Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { firstOpenParameter } from "../engine/open-holes.ts";
import { argument } from "../transfer/compute.ts";
import { invocationOf } from "./invocation.ts";

/**
 * What a promise comes to: whatever its executor, or a function that this hands it to, calls `resolve` with.
 *
 * `new Promise((resolve) => read((error, url) => resolve(url)))`
 */
export function promised(ev: Evaluator, args: readonly Argument[], env: Env | null): Values {
  const resolved: Resolved = { values: [], seen: new Set() };
  for (const executor of args.length === 0 ? [] : argument(ev, args, 0)) {
    const resolve = executor.kind === "function" ? executor.func.paramVariables[0] : null;
    if (executor.kind !== "function" || !resolve) continue;
    const inside = ev.frames.enter(executor.func, executor.env, { args: NOBODY, self: null }, callDepth(env) + 1);
    addResolved(ev, canonical(resolve), inside, resolved);
    addKept(ev, canonical(resolve), executor.func, resolved);
  }
  const values = joinAll(resolved.values);
  return values.length > 0 ? values : [hole("unknown", "")];
}

const NOBODY: readonly Argument[] = [];

interface Resolved {
  values: Values[];
  /** Variables that were followed already. */
  seen: Set<Variable>;
}

/** @param env a call of the function whose parameter it is, or was assigned */
function addResolved(ev: Evaluator, resolve: Variable, env: Env, resolved: Resolved): void {
  const { values, seen } = resolved;
  if (seen.has(resolve) || seen.size >= BOUNDS.resolvers) return;
  seen.add(resolve);
  for (const { arguments: a } of ev.program.callsOf.get(resolve) ?? [])
    if (a[0] !== undefined && a[0].kind !== "spread") values.push(ev.evaluate(a[0], env));
  for (const other of ev.program.heldBy.get(resolve) ?? []) addResolved(ev, other, env, resolved);
  for (const { call, index } of resolve.passedTo) {
    const run = index === 0 ? invocationOf(call, env) : null;
    if (run !== null && isVariable(run.callee, resolve)) {
      if (run.args.length > 0) values.push(argument(ev, run.args, 0));
      continue;
    }
    for (const callee of ev.evaluate(call.callee, env)) {
      const inside = calledWith(ev, callee, argumentsOf(call, env), env);
      const parameter = inside?.func.paramVariables[index];
      if (parameter) addResolved(ev, canonical(parameter), inside!, resolved);
    }
  }
}

/** `this.resolve = resolve`, and `deferred.resolve(url)` elsewhere. */
function addKept(ev: Evaluator, resolve: Variable, executor: Func, { values }: Resolved): void {
  const isResolve = ({ func, index }: { func: Func; index: number }): boolean => func === executor && index === 0;
  for (const name of ev.program.storedAs.get(resolve) ?? []) {
    for (const { callee, arguments: a } of (ev.program.callsOfMember.get(name) ?? []).slice(0, BOUNDS.storageCalls))
      if (a[0] !== undefined && firstOpenParameter(ev.evaluate(callee, null), isResolve) !== undefined)
        values.push(ev.evaluate(a[0], null));
  }
}

const isVariable = (e: Expr, v: Variable): boolean => e.kind === "ref" && canonical(e.variable) === v;

const calledWith = (ev: Evaluator, callee: Value, args: readonly Argument[], env: Env): Env | null =>
  callee.kind === "function"
    ? ev.frames.enter(callee.func, callee.env, { args, self: callee.self }, callDepth(env) + 1)
    : null;
