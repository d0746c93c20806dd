import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/**
 * `tag = (name) => name`: yields what it is told as parameter `i`, maybe by another such function, and does nothing
 * else.
 */
export function isPassThrough(f: Func, i: number, level = 0): boolean {
  const parameter = f.paramVariables[i];
  if (!parameter || f.returns.length === 0 || level > FIND_BOUNDS.passThroughLevels) return false;
  const isParameter = (e: Expr | undefined): boolean => e?.kind === "ref" && canonical(e.variable) === parameter;
  const does = (e: Expr): boolean =>
    isParameter(e) || (e.kind === "call" && asks(e.callee, e.arguments.findIndex(isParameter), level));
  return f.returns.every(({ expression: e }) => does(e)) && f.calls.every(does);
}

const asks = (callee: Expr, i: number, level: number): boolean =>
  i >= 0 &&
  callee.kind === "ref" &&
  canonical(callee.variable).definitions.some(
    ({ expression: e }) => e.kind === "function" && isPassThrough(e.func, i, level + 1),
  );
