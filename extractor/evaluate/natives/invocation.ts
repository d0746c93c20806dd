import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Argument } from "../domain/value.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import type { Env } from "../engine/env.ts";
import { COLLECTION_CALLBACKS } from "./collection-callbacks.ts";

/** What a call runs, where that is not what stands before its parentheses. */
export interface Invocation {
  callee: Expr;
  args: Argument[];
  /** What `this` is there; null where nothing is given. */
  receiver: Expr | null;
}

/**
 * The language's own ways of calling a function that is an argument: how many arguments come before those it is
 * given.
 */
const SCHEDULERS: Readonly<Record<string, number>> = {
  setTimeout: 2,
  setInterval: 2,
  setImmediate: 1,
  queueMicrotask: 1,
  "process.nextTick": 1,
};

/**
 * `f.call(self, a)`, `f.apply(self, list)`, `Reflect.apply(f, self, list)`, `setTimeout(f, ms, a)`,
 * `promise.then(f)`, `list.map(f)`: what is called with what; null for plain calls.
 * @param env where the call stands
 */
export function invocationOf(call: Call, env: Env | null = null): Invocation | null {
  const { callee: f, arguments: a, construct } = call;
  if (construct) return null;
  const given = (callee: Expr, receiver: Expr | undefined, args: Argument[]): Invocation => ({
    callee,
    args,
    receiver: receiver ?? null,
  });
  const from = (index: number): Argument[] => argumentsOf(call, env).slice(index);
  const listed = (list: Expr | undefined): Argument[] => (list === undefined ? [] : [{ rest: list, env }]);
  if (f.kind === "member" && f.property === "call") return given(f.object, a[0], from(1));
  if (f.kind === "member" && f.property === "apply" && !isGlobal(f.object, "Reflect"))
    return given(f.object, a[0], listed(a[1]));
  const [first] = a;
  if (first === undefined || first.kind === "spread") return null;
  const path = pathOf(f);
  if (path === "Reflect.apply") return given(first, a[1], listed(a[2]));
  const skipped = path === null || !Object.hasOwn(SCHEDULERS, path) ? undefined : SCHEDULERS[path];
  if (skipped !== undefined) return given(first, undefined, from(skipped));
  if (f.kind !== "member") return null;
  if (f.property === "then") return given(first, undefined, [{ expression: f.object, env }]);
  if (!COLLECTION_CALLBACKS.has(f.property)) return null;
  return given(first, undefined, [{ expression: { kind: "element", argument: f.object, keys: false }, env }]);
}

/** `setTimeout`, `Reflect.apply`: the path from a global; null for anything else. */
function pathOf(e: Expr): string | null {
  if (e.kind === "ref") return isGlobal(e, null) ? canonical(e.variable).name : null;
  if (e.kind !== "member" || e.object.kind !== "ref" || !isGlobal(e.object, null)) return null;
  const { name } = canonical(e.object.variable);
  return name === "globalThis" || name === "global" ? e.property : `${name}.${e.property}`;
}

function isGlobal(e: Expr, name: string | null): boolean {
  if (e.kind !== "ref") return false;
  const v = canonical(e.variable);
  return !v.declared && v.definitions.length === 0 && (name === null || v.name === name);
}
