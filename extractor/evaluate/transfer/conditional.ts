import type { Conditional, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { join, literalText, type TextValue, type Value, type Values } from "../domain/value.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import { sameCondition } from "../engine/calling-context.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { isMatched } from "../natives/matches.ts";
import { methodValues } from "./call.ts";
import { combinations } from "./concat.ts";
import { defaultFirst } from "./default-first.ts";

/** `test ? yes : no`: both arms where the outcome isn't known. */
export function conditional(ev: Evaluator, e: Conditional, env: Env | null): Values {
  const t = conditionOutcome(ev, e.test, env);
  if (t === true) return ev.evaluate(e.consequent, env);
  if (t === false) return ev.evaluate(e.alternate, env);
  const asked = decisionOf(ev, e.test, env);
  if (asked === null) {
    const arm = (e: Expr, is: boolean) => ({ values: ev.evaluate(e, env), guard: { test, is, outer: null } });
    const { test } = e;
    const arms = [arm(e.consequent, true), arm(e.alternate, false)];
    return defaultFirst(ev, holdsByDefault(test) === false ? arms.reverse() : arms, env);
  }
  const values = ev.evaluate(asked.of, env);
  const arm = (e: Expr, is: boolean) =>
    armValues(ev, e, { of: asked.of, values: values.filter((v) => asked.holds(v) !== !is) }, env);
  return join(arm(e.consequent, true), arm(e.alternate, false));
}

export interface Decision {
  /** A variable, or a member of one. */
  of: Expr;
  /** Null where it isn't known of this value. */
  holds: (v: Value) => boolean | null;
}

/** `u.endsWith("/")`, `/^http/.test(u)`: it may hold for some of the values that `u` may have, and not for others. */
export function decisionOf(ev: Evaluator, test: Expr, env: Env | null): Decision | null {
  if (test.kind === "not") {
    const inner = decisionOf(ev, test.argument, env);
    if (inner === null) return null;
    return { of: inner.of, holds: (v) => (inner.holds(v) === null ? null : !inner.holds(v)) };
  }
  if (test.kind === "choice" && test.operator !== "??") {
    // `u.host && u.host.startsWith("[")`: the left side may decide as well
    const right = decisionOf(ev, test.right, env);
    const surely = test.operator === "||";
    return right && { of: right.of, holds: (v) => (right.holds(v) === surely ? surely : null) };
  }
  if (test.kind !== "call" || test.callee.kind !== "member") return null;
  const { object: of, property: method } = test.callee;
  const [wanted] = test.arguments;
  if (wanted === undefined) return null;
  if (method === "test" && isReference(wanted)) {
    const [pattern, ...more] = ev.evaluate(of, env);
    if (pattern?.kind !== "regexp" || more.length > 0) return null;
    return { of: wanted, holds: (v) => (v.kind === "text" ? isMatched(pattern, v) : null) };
  }
  if (!isReference(of) || (method !== "startsWith" && method !== "endsWith" && method !== "includes")) return null;
  const [only, ...more] = ev.evaluate(wanted, env);
  const text = literalText(only);
  if (text === null || more.length > 0) return null;
  return { of, holds: (v) => (v.kind === "text" ? has(v, method, text) : null) };
}

/** Of a text with holes its beginning or its end may tell. */
function has(v: TextValue, method: "startsWith" | "endsWith" | "includes", text: string): boolean | null {
  const whole = literalText(v);
  if (whole !== null) return whole[method](text);
  if (method === "includes") return v.parts.some((p) => typeof p === "string" && p.includes(text)) || null;
  const edge = v.parts.at(method === "startsWith" ? 0 : -1);
  if (typeof edge !== "string") return null;
  return edge[method](text) || (edge.length >= text.length ? false : null);
}

/** `u.slice(0, -1)`, `[${u}]` or `u` itself, for those values that lead into this arm. */
function armValues(ev: Evaluator, e: Expr, { of, values }: { of: Expr; values: Values }, env: Env | null): Values {
  const isSubject = (x: Expr): boolean => sameCondition(x, of);
  // no value leads here
  if (isSubject(e) || values.length === 0) return values;
  if (e.kind === "concat")
    return combinations(ev, e.parts, (part) => (isSubject(part) ? values : ev.evaluate(part, env)));
  if (e.kind === "call" && !e.construct && e.callee.kind === "member" && isSubject(e.callee.object))
    return methodValues(ev, { objects: values, name: e.callee.property }, argumentsOf(e, env), env);
  return ev.evaluate(e, env);
}

const isReference = (e: Expr): boolean => (e.kind === "member" ? isReference(e.object) : e.kind === "ref");

/** `(all = false) => all ? "&all" : ""`: how it turns out where a caller says nothing; null for other tests. */
function holdsByDefault(test: Expr): boolean | null {
  if (test.kind === "not") {
    const inner = holdsByDefault(test.argument);
    return inner === null ? null : !inner;
  }
  const [only, ...more] = test.kind === "ref" ? canonical(test.variable).definitions : [];
  const given = more.length === 0 && only?.expression.kind === "default" ? only.expression.fallback : null;
  return given?.kind === "literal" ? Boolean(given.value) : null;
}
