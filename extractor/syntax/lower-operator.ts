import type * as t from "@babel/types";
import type { Expr } from "../ir/expression.ts";
import type { Context, Use } from "./context.ts";
import { literal, unknown } from "./literals.ts";
import { lowerExpression } from "./lower-expression.ts";
import { mayRead } from "./lower-member.ts";

/** `+` chains nest to the left as deep as they are long: unrolled here, since bundles hold chains of thousands. */
export function lowerBinary(ctx: Context, node: t.BinaryExpression): Expr {
  const at = ctx.at(node);
  if (node.operator === "+") {
    const operands: t.Node[] = [];
    let left: t.Node = node;
    while (left.type === "BinaryExpression" && left.operator === "+") {
      operands.push(left.right);
      left = left.left;
    }
    operands.push(left);
    const parts = operands.reverse().map((e) => lowerExpression(ctx, e));
    return { k: "concat", parts, plus: true, at };
  }
  const l = lowerExpression(ctx, node.left);
  const r = lowerExpression(ctx, node.right);
  switch (node.operator) {
    case "==":
    case "===":
      return { k: "compare", op: "===", l, r };
    case "!=":
    case "!==":
      return { k: "compare", op: "!==", l, r };
    case "in":
      if (l.k === "literal" && typeof l.v === "string" && mayRead(r, l.v)) ctx.read({ k: "member", o: r, p: l.v, at });
      return { k: "compare", op: "in", l, r };
    case "<":
    case ">":
    case "<=":
    case ">=":
    case "instanceof":
    case "-":
      return { k: "compare", op: node.operator, l, r };
    default:
      return { k: "compare", op: "arithmetic", l, r };
  }
}

export function lowerUnary(ctx: Context, node: t.UnaryExpression, use: Use): Expr {
  const at = ctx.at(node);
  const { operator, argument } = node;
  if (operator === "void") {
    lowerExpression(ctx, argument, "no");
    return literal(undefined, at);
  }
  if (operator === "!") {
    if (argument.type === "NumericLiteral") return literal(argument.value === 0, at);
    return { k: "not", e: lowerExpression(ctx, argument, use === "no" ? "no" : "yes") };
  }
  if (operator === "-" && argument.type === "NumericLiteral") return literal(-argument.value, at);
  const operand = lowerExpression(ctx, argument);
  if (operator === "-") return { k: "compare", op: "-", l: literal(0, at), r: operand };
  return unknown(at);
}

export function lowerLogical(ctx: Context, { operator: op, left, right }: t.LogicalExpression, use: Use): Expr {
  const l = lowerExpression(ctx, left);
  const outer = ctx.guard;
  if (op !== "??") ctx.guard = { test: l, is: op === "&&", outer };
  const r = lowerExpression(ctx, right, use);
  ctx.guard = outer;
  return { k: "choice", op, l, r };
}

export function lowerConditional(ctx: Context, node: t.ConditionalExpression, use: Use): Expr {
  const test = lowerExpression(ctx, node.test);
  const outer = ctx.guard;
  ctx.guard = { test, is: true, outer };
  const yes = lowerExpression(ctx, node.consequent, use);
  ctx.guard = { test, is: false, outer };
  const no = lowerExpression(ctx, node.alternate, use);
  ctx.guard = outer;
  return { k: "conditional", test, yes, no };
}

export function lowerSequence(ctx: Context, { expressions }: t.SequenceExpression, use: Use): Expr {
  const last = expressions.length - 1;
  for (let i = 0; i < last; i++) lowerExpression(ctx, expressions[i]!, "no");
  return lowerExpression(ctx, expressions[last]!, use);
}
