import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { literal, unknown } from "./literals.ts";
import { mayRead } from "./member.ts";

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
    return { kind: "concat", parts, plus: true, at };
  }
  const l = lowerExpression(ctx, node.left);
  const r = lowerExpression(ctx, node.right);
  switch (node.operator) {
    case "==":
    case "===":
      return { kind: "compare", operator: "===", left: l, right: r };
    case "!=":
    case "!==":
      return { kind: "compare", operator: "!==", left: l, right: r };
    case "in":
      if (l.kind === "literal" && typeof l.value === "string" && mayRead(r, l.value))
        ctx.read({ kind: "member", object: r, property: l.value, at });
      return { kind: "compare", operator: "in", left: l, right: r };
    case "<":
    case ">":
    case "<=":
    case ">=":
    case "instanceof":
    case "-":
      return { kind: "compare", operator: node.operator, left: l, right: r };
    default:
      return { kind: "compare", operator: "arithmetic", left: l, right: r };
  }
}

export function lowerUnary(ctx: Context, node: t.UnaryExpression, use: CallUse): Expr {
  const at = ctx.at(node);
  const { operator, argument } = node;
  if (operator === "void") {
    lowerExpression(ctx, argument, "no");
    return literal(undefined, at);
  }
  if (operator === "!") {
    if (argument.type === "NumericLiteral") return literal(argument.value === 0, at);
    return { kind: "not", argument: lowerExpression(ctx, argument, use === "no" ? "no" : "yes") };
  }
  if (operator === "-" && argument.type === "NumericLiteral") return literal(-argument.value, at);
  const operand = lowerExpression(ctx, argument);
  if (operator === "-") return { kind: "compare", operator: "-", left: literal(0, at), right: operand };
  if (operator === "typeof" || operator === "+") return { kind: "unary", operator, argument: operand };
  return unknown(at);
}

export function lowerLogical(ctx: Context, { operator: op, left, right }: t.LogicalExpression, use: CallUse): Expr {
  const l = lowerExpression(ctx, left);
  const outer = ctx.guard;
  if (op !== "??") ctx.guard = { test: l, is: op === "&&", outer };
  const r = lowerExpression(ctx, right, use);
  ctx.guard = outer;
  return { kind: "choice", operator: op, left: l, right: r };
}

export function lowerConditional(ctx: Context, node: t.ConditionalExpression, use: CallUse): Expr {
  const test = lowerExpression(ctx, node.test);
  const outer = ctx.guard;
  ctx.guard = { test, is: true, outer };
  const yes = lowerExpression(ctx, node.consequent, use);
  ctx.guard = { test, is: false, outer };
  const no = lowerExpression(ctx, node.alternate, use);
  ctx.guard = outer;
  return { kind: "conditional", test, consequent: yes, alternate: no };
}

export function lowerSequence(ctx: Context, { expressions }: t.SequenceExpression, use: CallUse): Expr {
  const last = expressions.length - 1;
  for (let i = 0; i < last; i++) lowerExpression(ctx, expressions[i]!, "no");
  return lowerExpression(ctx, expressions[last]!, use);
}
