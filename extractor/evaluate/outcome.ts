import type { Expr } from "../ir/expression.ts";
import type { Env } from "./env.ts";
import type { Evaluator } from "./evaluator.ts";
import { truth } from "./value.ts";

/**
 * How a condition surely turns out; null where that isn't known. As a value, `a && b` is `b`: what guards a value is of no
 * interest. As a condition it may be false because of `a`.
 */
export function outcome(ev: Evaluator, e: Expr, env: Env | null): boolean | null {
  if (e.k === "not") {
    const inner = outcome(ev, e.e, env);
    return inner === null ? null : !inner;
  }
  if (e.k !== "choice" || e.op === "??") return truth(ev.evaluate(e, env));
  const left = outcome(ev, e.l, env);
  const decides = e.op === "||";
  if (left === decides) return decides;
  const right = outcome(ev, e.r, env);
  return right === decides ? decides : left === null || right === null ? null : !decides;
}
