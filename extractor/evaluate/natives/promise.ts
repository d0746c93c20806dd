import type { ArrayExpr, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { type Argument, hole, join, joinAll, onlyHole, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import { callDepth, type Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { firstOpenParameter } from "../engine/open-holes.ts";
import { apply } from "../transfer/call.ts";
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

const settledItems = new CacheKey<Expr, ArrayExpr>();

/** `[{status, value}]`, one for each promise. */
export function settled(ev: Evaluator, [given]: readonly Argument[]): Values {
  if (given === undefined || !("expression" in given)) return [hole("unknown", "settled")];
  const { expression: e } = given;
  const list = ev.program.cache.once(settledItems, e, (): ArrayExpr => {
    const items: Expr[] = e.kind === "array" ? e.items : [{ kind: "element", argument: e, keys: false }];
    return { kind: "array", items: items.map(fulfilled), at: 0 };
  });
  return ev.evaluate(list, given.env);
}

const fulfilled = (e: Expr): Expr =>
  e.kind === "spread"
    ? {
        kind: "spread",
        argument: { kind: "array", items: [fulfilled({ kind: "element", argument: e.argument, keys: false })], at: 0 },
      }
    : {
        kind: "object",
        members: [
          { kind: "value", key: "status", value: { kind: "unknown", name: "status", at: 0 } },
          { kind: "value", key: "value", value: e },
        ],
        at: 0,
      };

/** What a promise comes to in the end: what was handled, or what the handler of an error puts in its place. */
export function chained(
  ev: Evaluator,
  { of: o, name }: { of: Value; name: string },
  args: readonly Argument[],
  env: Env | null,
): Values {
  const handled = (index: number, given: Values): Values[] =>
    (index < args.length ? argument(ev, args, index) : []).map(
      (h): Values =>
        h.kind === "function" || h.kind === "native"
          ? apply(ev, h, { args: [{ values: given }], self: null }, env)
          : [o],
    );
  const replaced = handled(name === "catch" ? 0 : 1, [hole("unknown", "error")]).map((values) =>
    values.filter((v) => v.kind !== "scalar" && onlyHole(v) === null),
  );
  const results = name === "catch" ? [] : handled(0, [o]);
  return join(results.length > 0 ? join(...results) : [o], ...replaced);
}
