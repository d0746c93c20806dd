import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { unknown } from "./literals.ts";
import { lowerPattern } from "./pattern.ts";

/** `a = e` defines `a`; `a += e` defines it as a + e; `a ??= e` as a ?? e. The value is what was assigned. */
export function lowerAssignment(ctx: Context, node: t.AssignmentExpression, use: CallUse): Expr {
  const { operator, left } = node;
  if (operator === "=") {
    const value = lowerExpression(ctx, node.right);
    lowerPattern(ctx, left, value, null);
    return value;
  }
  const at = ctx.at(node);
  const current = lowerExpression(ctx, left);
  const right = () => lowerExpression(ctx, node.right, use === "no" ? "yes" : use);
  switch (operator) {
    case "+=": {
      const value: Expr = { kind: "concat", parts: [current, right()], plus: true, at };
      lowerPattern(ctx, left, value, null);
      return value;
    }
    case "||=":
    case "&&=":
    case "??=": {
      const op = operator.slice(0, -1) as "||" | "&&" | "??";
      const r = right();
      lowerPattern(ctx, left, r, null);
      return { kind: "choice", operator: op, left: current, right: r };
    }
    default: {
      right();
      const value = unknown(at);
      if (left.type === "Identifier") lowerPattern(ctx, left, value, null);
      return value;
    }
  }
}
