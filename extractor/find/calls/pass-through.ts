import type { Expr } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";

/** Functions of that sort that call each other. */
const LEVELS = 3;

/** `tag = (name) => name`: yields what it is told as parameter `i`, maybe by another such function, and does nothing else. */
export function givesBack(f: Func, i: number, level = 0): boolean {
  const parameter = f.paramVariables[i];
  if (!parameter || f.returns.length === 0 || level > LEVELS) return false;
  const isParameter = (e: Expr | undefined): boolean => e?.k === "ref" && homeOf(e.v) === parameter;
  const does = (e: Expr): boolean => isParameter(e) || (e.k === "call" && asks(e.f, e.a.findIndex(isParameter), level));
  return f.returns.every(({ e }) => does(e)) && f.calls.every(does);
}

const asks = (callee: Expr, i: number, level: number): boolean =>
  i >= 0 &&
  callee.k === "ref" &&
  homeOf(callee.v).definitions.some(({ e }) => e.k === "function" && givesBack(e.f, i, level + 1));
