import type { Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Definition, Variable } from "../../ir/unit.ts";
import { hole, join, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { STRING_METHODS } from "../natives/strings.ts";
import { methodValues } from "./call.ts";
import { combinations } from "./concat.ts";
import { type Decision, decisionOf } from "./conditional.ts";

/** `url += "/users"`, `path = "/" + path`, `base = base.replace(/\/$/, "")`: made of what the variable held before. */
export const isSelfReferential = (v: Variable): boolean =>
  v.definitions.length > 1 && v.definitions.some((d) => isFed(d.expression, v));

function isFed(e: Expr, v: Variable): boolean {
  if (e.kind === "concat") return e.parts.some((part) => isSelf(part, v));
  return (
    e.kind === "call" &&
    e.callee.kind === "member" &&
    Object.hasOwn(STRING_METHODS, e.callee.property) &&
    isSelf(e.callee.object, v)
  );
}

const isSelf = (e: Expr, v: Variable): boolean => e.kind === "ref" && canonical(e.variable) === v;

/**
 * What such a variable holds in the end: its definitions in source order, each made of what those before it left. One
 * that surely runs leaves nothing of what was there.
 */
export function valuesInOrder(ev: Evaluator, v: Variable, here: Env | null): Values {
  let values: Values = [];
  let made: Definition | null = null;
  for (const d of v.definitions) {
    if (d.guard !== null && !ev.isReachable(d.guard, here)) continue;
    if (!isFed(d.expression, v)) {
      values = join(values, ev.evaluate(d.expression, here));
      made ??= d;
    } else if (d.loop) {
      if (d.expression.kind === "concat")
        values = either(ev, values, fed(ev, d.expression, { variable: v, values }, here).map(repeated));
    } else if (made !== null && d.within === made.within && surely(d.guard) === surely(made.guard)) {
      const next = fed(ev, d.expression, { variable: v, values }, here);
      if (next.length > 0) values = next;
    } else values = where(ev, d, { variable: v, values }, here);
  }
  return values;
}

/** A variable, and what it holds so far. */
interface Held {
  variable: Variable;
  values: Values;
}

/** Under a condition: of the values that it asks about, those for which it holds. */
function where(ev: Evaluator, { expression: e, guard }: Definition, held: Held, here: Env | null): Values {
  const { variable, values } = held;
  const asked = guard === null ? null : decisionOf(ev, guard.test, here);
  if (asked === null || !isSelf(asked.of, variable))
    return takesAway(e) ? values : either(ev, values, fed(ev, e, held, here));
  const { is } = guard!;
  const changed = fed(ev, e, { variable, values: having(asked, values, is) }, here);
  return join(having(asked, values, !is), changed);
}

/** `if (isDirectory(path)) path = path.slice(0, -1)`: what it asks of the text tells which texts it is for. */
const takesAway = (e: Expr): boolean =>
  e.kind === "call" && e.callee.kind === "member" && TAKING.has(e.callee.property);

const TAKING = new Set("slice substring substr trim trimStart trimEnd".split(" "));

/** What was there before counts for more than what a condition or a loop may add, where there is no room for both. */
function either(ev: Evaluator, before: Values, after: Values): Values {
  const both = join(before, after);
  if (both.length <= BOUNDS.alternatives) return both;
  ev.log.add("cut-alternatives", `a variable that may be added to and has more than ${BOUNDS.alternatives} values`);
  return before;
}

const having = (asked: Decision, values: Values, is: boolean): Values => values.filter((x) => asked.holds(x) !== !is);

/** What an expression yields where the variable in it holds `values`. */
function fed(ev: Evaluator, e: Expr, { variable: v, values }: Held, here: Env | null): Values {
  if (values.length === 0) return [];
  if (e.kind === "concat")
    return combinations(ev, e.parts, (part) => (isSelf(part, v) ? values : ev.evaluate(part, here)), e.plus);
  if (e.kind === "call" && e.callee.kind === "member" && isSelf(e.callee.object, v))
    return methodValues(ev, { objects: values, name: e.callee.property }, argumentsOf(e, here), here);
  return ev.evaluate(e, here);
}

/** Appended to again and again: what follows the first round isn't known. */
export function repeated(v: Value): Value {
  return v.kind === "text" ? { kind: "text", parts: [...v.parts, ...hole("loop", "more").parts] } : v;
}

/** The condition that code stands in; that others have left before it is none of its own. */
function surely(guard: Guard | null): Guard | null {
  let g = guard;
  while (g?.exitsOtherwise) g = g.outer;
  return g;
}
