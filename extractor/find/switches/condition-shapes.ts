import { truth } from "../../evaluate/domain/choice.ts";
import { isNullish } from "../../evaluate/domain/nullish.ts";
import { type Argument, NOTHING, onlyHole, UNDEFINED, type Values } from "../../evaluate/domain/value.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { callFunction } from "../../evaluate/transfer/call.ts";
import type { Call, Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import type { GateKind } from "../../model/report.ts";
import { or, type Requirements, type Switch, UNREACHABLE, type ValueConstraint } from "./requirements.ts";

/** Says how a program was built; nobody turns it to stop traffic. */
const NO_SWITCH = new Set(["NODE_ENV"]);
const SWITCH_KINDS: ReadonlySet<string> = new Set<GateKind>(["env", "config", "flag"]);

/** For expressions that are true or false. */
export function truthOf(wish: ValueConstraint, of: (yes: boolean) => Requirements): Requirements {
  return or(wish.accepts(true) ? of(true) : UNREACHABLE, wish.accepts(false) ? of(false) : UNREACHABLE);
}

export const SIZES = new Set(["length", "size"]);
/** `const check = memoise(() => …)`: the result of the wrapper is that of the function. */
function wrappedFunction({ definitions }: Variable): Func | null {
  const [only] = definitions;
  if (definitions.length !== 1 || only!.expression.kind !== "call" || only!.expression.construct) return null;
  const [first] = only!.expression.arguments;
  return first?.kind === "function" && first.func.params === 0 ? first.func : null;
}

export function switchOf(values: Values): Switch | null {
  // `undefined` where nothing is set
  const given = values.filter((v) => !isNullish(v));
  if (given.length !== 1) return null;
  const hole = onlyHole(given[0]!);
  if (hole === null || !SWITCH_KINDS.has(hole.kind) || NO_SWITCH.has(hole.name)) return null;
  return { kind: hole.kind as GateKind, name: hole.name };
}

export function constantOf(e: Expr): { value: unknown } | null {
  if (e.kind === "literal") return e;
  if (e.kind !== "ref") return null;
  const { definitions, writes } = canonical(e.variable);
  const [only] = definitions;
  return definitions.length === 1 && writes.length === 0 && only!.expression.kind === "literal"
    ? only!.expression
    : null;
}

/** Is there a way to the end of the body? Not where a return is what is left once the others had their chance. */
export function mayFallThrough({ returns }: Func): boolean {
  const taken = new Set<string>();
  const ids = new Map<Expr, number>();
  const id = ({ test, is }: Guard, opposite: boolean): string => {
    if (!ids.has(test)) ids.set(test, ids.size);
    return `${ids.get(test)} ${is !== opposite}`;
  };
  for (const { guard } of returns) for (let g = guard; g !== null; g = g.outer) taken.add(id(g, false));
  return !returns.some(({ guard }) => {
    for (let g = guard; g !== null; g = g.outer) if (!taken.has(id(g, true))) return false;
    return true;
  });
}

/** What a predicate says where the argument `at` is a variable that isn't set. */
export function unsetTruth(
  ev: Questions,
  { func, outer }: Pick<Predicate, "func" | "outer">,
  given: readonly Argument[],
  at: number,
): boolean | null {
  const args = given.map((a, i): Argument => (i === at ? { values: [UNDEFINED] } : a));
  const fn = { kind: "function" as const, func, env: outer, self: null, bound: [], writers: [] };
  return ev.tryWithin((ev) => truth(callFunction(ev, fn, { args, self: null }, 1)), null);
}

/** A function that a call may run, in which calls around it, and on what. */
export interface Predicate {
  func: Func;
  outer: Env | null;
  self: Values | null;
}

/** All that a method is called on: one value of the function stands for those of each instance. */
function receivers(ev: Questions, callee: Expr, env: Env | null, self: Values): Values {
  if (callee.kind !== "member" || self.some((v) => v.kind !== "instance" || v.asSuper !== undefined)) return self;
  const all = ev.tryWithin((ev) => ev.evaluate(callee.object, env), NOTHING).filter((v) => v.kind === "instance");
  return all.length > self.length ? all : self;
}

export function predicatesOf(ev: Questions, e: Call, env: Env | null): Predicate[] {
  if (e.callee.kind === "function") return [{ func: e.callee.func, outer: env, self: null }];
  if (e.callee.kind !== "ref" && e.callee.kind !== "member") return [];
  const wrapped = e.callee.kind === "ref" ? wrappedFunction(canonical(e.callee.variable)) : null;
  if (wrapped !== null) return [{ func: wrapped, outer: null, self: null }];
  // `exports.f = void 0` above what it is: to call that would throw
  const values = ev
    .tryWithin((ev) => ev.evaluate(e.callee, env), NOTHING)
    .filter((v) => !(v.kind === "scalar" && v.value === undefined));
  const functions = values.flatMap((v) =>
    v.kind === "function" && v.bound.length === 0
      ? [{ func: v.func, outer: v.env, self: v.self === null ? null : receivers(ev, e.callee, env, v.self) }]
      : [],
  );
  return functions.length === values.length && functions.length <= 3 ? functions : [];
}
