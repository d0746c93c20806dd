import type { Expr, Guard } from "../../ir/expression.ts";
import type { Variable, Write } from "../../ir/unit.ts";
import { join, literalText, type Value, type Values } from "../domain/value.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { elementsOf } from "./array.ts";
import { isMemberOf } from "./fallback-writes.ts";

/** A write whose condition asks what the member held before. */
export interface Replacement {
  /** What it asks for. */
  texts: readonly string[];
  /** Nothing else decides: these are no longer there. */
  sure: boolean;
  written: Values;
}

/** `if (PATHS.has(o.path) && post) o.path = …`, `if (o.path === "/a") o.path = "/b"` */
export function replacement(ev: Evaluator, v: Variable, w: Write, env: Env | null): Replacement {
  let sure = true;
  const texts: string[] = [];
  for (const term of allOf(condition(w.guard!))) {
    const asked = anyOf(term).map((t) => textsAsked(ev, t, { variable: v, path: w.path }, env));
    if (asked.every((t) => t !== null)) texts.push(...asked.flat());
    else sure &&= conditionOutcome(ev, term.expression, env) === term.is;
  }
  return { texts, sure, written: ev.evaluate(w.expression, env) };
}

/** What a member holds after such writes, where it held `before`. */
export function afterReplacing(before: Values, replacements: readonly Replacement[]): Values {
  let values = before;
  for (const { texts, sure, written } of replacements) {
    const isAsked = (v: Value) => texts.includes(literalText(v) ?? "");
    if (before.some(isAsked)) values = join(sure ? values.filter((v) => !isAsked(v)) : values, written);
    else if (before.length === 0 || before.some((v) => literalText(v) === null)) values = join(values, written);
  }
  return values;
}

/** Does the guard ask what the member holds? Told by its shape alone. */
export const isConditionalReplacement = (guard: Guard | null, v: Variable, path: readonly string[]): boolean =>
  guard !== null &&
  guard.outer === null &&
  allOf(condition(guard)).some((term) => anyOf(term).every((t) => subjectOf(t, v, path) !== null));

/** A variable, and the members read from it. */
interface AccessPath {
  variable: Variable;
  path: readonly string[];
}

/** An expression, and what it has to be. */
interface Condition {
  expression: Expr;
  is: boolean;
}

const condition = ({ test, is }: Guard): Condition => ({ expression: test, is });

/** All of them hold: `a && b`, and where it has to be false `!a || !b`, as minifiers write it. */
const allOf = (c: Condition): Condition[] => split(c, c.is ? "&&" : "||");
/** One of them holds. */
const anyOf = (c: Condition): Condition[] => split(c, c.is ? "||" : "&&");

function split({ expression: e, is }: Condition, op: "&&" | "||"): Condition[] {
  if (e.kind === "choice" && e.operator === op)
    return [...split({ expression: e.left, is }, op), ...split({ expression: e.right, is }, op)];
  return [e.kind === "not" ? { expression: e.argument, is: !is } : { expression: e, is }];
}

/** What the member is compared with, or looked up in. */
function subjectOf({ expression: e, is }: Condition, v: Variable, path: readonly string[]): Expr | null {
  if (e.kind === "compare" && e.operator === (is ? "===" : "!==")) {
    if (isMemberOf(e.left, v, path)) return e.right;
    return isMemberOf(e.right, v, path) ? e.left : null;
  }
  if (
    !is ||
    e.kind !== "call" ||
    e.callee.kind !== "member" ||
    (e.callee.property !== "has" && e.callee.property !== "includes")
  )
    return null;
  const [wanted] = e.arguments;
  return wanted !== undefined && isMemberOf(wanted, v, path) ? e.callee.object : null;
}

function textsAsked(ev: Evaluator, c: Condition, of: AccessPath, env: Env | null): string[] | null {
  const subject = subjectOf(c, of.variable, of.path);
  if (subject === null) return null;
  const values = ev.evaluate(subject, env);
  const items = c.expression.kind === "call" ? elementsOf(ev, values, false) : values;
  return items.flatMap((item) => literalText(item) ?? []);
}
