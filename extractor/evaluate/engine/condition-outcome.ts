import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Definition, Variable } from "../../ir/unit.ts";
import { truth } from "../domain/choice.ts";
import type { Env } from "./env.ts";
import type { Evaluator } from "./evaluator.ts";

/**
 * How a condition surely turns out; null where that isn't known. As a value, `a && b` is `b`: what guards a value is
 * of no interest. As a condition it may be false because of `a`.
 */
export function conditionOutcome(ev: Evaluator, e: Expr, env: Env | null): boolean | null {
  const assumed = env === null ? (ev.context?.assumed?.assumption.outcomeOf(e) ?? null) : null;
  if (assumed !== null) return assumed;
  if (e.kind === "not") {
    const inner = conditionOutcome(ev, e.argument, env);
    return inner === null ? null : !inner;
  }
  // `x ?? (x = …)`, compiled: `null != x ? x : x = …`
  if (e.kind === "compare" && isNullish(e.left) && e.right.kind === "ref" && startsEmpty(canonical(e.right.variable)))
    return null;
  if (e.kind === "ref" && startsEmpty(canonical(e.variable))) {
    const later = truth(ev.evaluate(e, env));
    return later === true ? null : later;
  }
  if (e.kind !== "choice" || e.operator === "??") return truth(ev.evaluate(e, env));
  const left = conditionOutcome(ev, e.left, env);
  const decides = e.operator === "||";
  if (left === decides) return decides;
  const right = conditionOutcome(ev, e.right, env);
  return right === decides ? decides : left === null || right === null ? null : !decides;
}

/**
 * `let done; function once() { if (done) return; done = true; … }`: what only functions assign is undefined before
 * they ran, and what is assigned where it is empty was empty, `done || (done = true, …)`.
 */
const startsEmpty = (v: Variable): boolean =>
  v.declared &&
  v.definitions.length > 0 &&
  v.definitions.every((d) => (d.within !== null && d.within !== v.owner) || isIfEmpty(d, v));

const isIfEmpty = ({ guard }: Definition, v: Variable): boolean =>
  guard !== null && !guard.is && guard.test.kind === "ref" && canonical(guard.test.variable) === v;

const isNullish = (e: Expr): boolean => e.kind === "literal" && e.value == null;
