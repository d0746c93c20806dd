import type { Call, Expr } from "./expression.ts";
import { canonical, type Program, soleFunction } from "./program.ts";
import { CacheKey } from "./program-cache.ts";
import type { Func, Variable } from "./unit.ts";

/** Lists of functions that are called one after the other, by the variable, and what the first one gets. */
const turns = new CacheKey<Program, ReadonlyMap<Variable, Expr>>();

/**
 * What a function is called with that a call takes as one of a list; null where the list is not worked through in turn.
 *
 * `const pipe = (...fns) => (x) => fns.reduce((value, f) => f(value), x)`   pipe(a, b)(1): `b` gets `a(1)`
 *
 * @param by what the call calls
 */
export function givenInTurn(program: Program, call: Call, index: number, by: Func): Expr | null {
  const from = by.paramVariables.findIndex((v) => v !== null && isRest(v));
  if (from < 0 || index < from) return null;
  const start = startOf(program, canonical(by.paramVariables[from]!));
  let given = start === null ? null : startAt(call, by, start);
  for (let i = from; i < index && given !== null; i++) {
    const callee = call.arguments[i]!;
    given = callee.kind === "spread" ? null : { ...call, callee, arguments: [given], construct: false };
  }
  return given;
}

const isRest = ({ definitions: [only, ...more] }: Variable): boolean =>
  only?.expression.kind === "param" && only.expression.rest && more.length === 0;

/** The start of the list that a variable holds, or a parameter of a function that it is handed to. */
function startOf(program: Program, list: Variable): Expr | null {
  const known = program.cache.once(turns, program, () => turnsIn(program));
  const own = known.get(list);
  if (own !== undefined) return own;
  for (const { call, index } of list.passedTo) {
    const to = call.construct ? null : soleFunction(call.callee);
    const parameter = to?.paramVariables[index];
    const start = parameter ? known.get(canonical(parameter)) : undefined;
    const outer = to === null || start === undefined ? null : startAt(call, to, start);
    if (outer !== null) return outer;
  }
  return null;
}

/** The start in the terms of a call: what that gives as a parameter of the function, or calls it on. */
function startAt(call: Call, by: Func, start: Expr): Expr | null {
  if (start.kind === "this" && start.func === by) return call.callee.kind === "member" ? call.callee.object : null;
  const v = start.kind === "ref" ? canonical(start.variable) : null;
  const index = v === null ? -1 : by.paramVariables.findIndex((p) => p !== null && canonical(p) === v);
  if (index < 0) return start;
  const given = call.arguments.slice(0, index + 1);
  return given.length <= index || given.some((e) => e.kind === "spread") ? null : given[index]!;
}

function turnsIn({ callsOfMember }: Program): ReadonlyMap<Variable, Expr> {
  const found = new Map<Variable, Expr>();
  for (const { callee: f, arguments: a } of callsOfMember.get("reduce") ?? []) {
    const [step, start] = a;
    if (f.kind !== "member" || f.object.kind !== "ref" || step?.kind !== "function" || start === undefined) continue;
    if (appliesNext(step.func)) found.set(canonical(f.object.variable), start);
  }
  return found;
}

/** `(value, f) => f(value)` */
function appliesNext({ paramVariables: [value, next], returns: [only, ...more] }: Func): boolean {
  const is = (e: Expr | undefined, v: Variable | null | undefined): boolean =>
    e?.kind === "ref" && !!v && canonical(e.variable) === canonical(v);
  const e = only?.expression;
  return more.length === 0 && e?.kind === "call" && is(e.callee, next) && is(e.arguments[0], value);
}
