import type { Expr } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";
import type { Definition, Variable } from "../../ir/unit.ts";
import { truth } from "../domain/value.ts";
import type { Env } from "./env.ts";
import type { Evaluator } from "./evaluator.ts";

/**
 * How a condition surely turns out; null where that isn't known. As a value, `a && b` is `b`: what guards a value is of no
 * interest. As a condition it may be false because of `a`.
 */
export function outcome(ev: Evaluator, e: Expr, env: Env | null): boolean | null {
  const assumed = env === null ? (ev.context?.assumed?.assumption.outcomeOf(e) ?? null) : null;
  if (assumed !== null) return assumed;
  if (e.k === "not") {
    const inner = outcome(ev, e.e, env);
    return inner === null ? null : !inner;
  }
  // `x ?? (x = …)`, compiled: `null != x ? x : x = …`
  if (e.k === "compare" && isNullish(e.l) && e.r.k === "ref" && startsEmpty(homeOf(e.r.v))) return null;
  if (e.k === "ref" && startsEmpty(homeOf(e.v))) {
    const later = truth(ev.evaluate(e, env));
    return later === true ? null : later;
  }
  if (e.k !== "choice" || e.op === "??") return truth(ev.evaluate(e, env));
  const left = outcome(ev, e.l, env);
  const decides = e.op === "||";
  if (left === decides) return decides;
  const right = outcome(ev, e.r, env);
  return right === decides ? decides : left === null || right === null ? null : !decides;
}

/**
 * `let done; function once() { if (done) return; done = true; … }`: what only functions assign is undefined before they ran, and
 * what is assigned where it is empty was empty, `done || (done = true, …)`.
 */
const startsEmpty = (v: Variable): boolean =>
  v.declared &&
  v.definitions.length > 0 &&
  v.definitions.every((d) => (d.within !== null && d.within !== v.owner) || isIfEmpty(d, v));

const isIfEmpty = ({ guard }: Definition, v: Variable): boolean =>
  guard !== null && !guard.is && guard.test.k === "ref" && homeOf(guard.test.v) === v;

const isNullish = (e: Expr): boolean => e.k === "literal" && e.v == null;
