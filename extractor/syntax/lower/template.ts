import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { literal, lowerText, noteUrl } from "./literals.ts";

const textOf = ({ value }: t.TemplateElement): string => value.cooked ?? value.raw;

export function lowerTemplate(ctx: Context, node: t.TemplateLiteral): Expr {
  return joined(ctx, node, valuesIn(ctx, node));
}

const valuesIn = (ctx: Context, { expressions }: t.TemplateLiteral): Expr[] =>
  expressions.map((e) => lowerExpression(ctx, e));

/** @param values what is put in, in order */
function joined(ctx: Context, node: t.TemplateLiteral, values: readonly Expr[]): Expr {
  const { quasis } = node;
  const at = ctx.at(node);
  if (values.length === 0) return lowerText(ctx, quasis[0]?.value.cooked ?? "", at);
  const parts: Expr[] = [];
  for (const [i, quasi] of quasis.entries()) {
    const text = textOf(quasi);
    if (text !== "") parts.push(literal(ctx.texts.own(text), ctx.at(quasi)));
    const e = values[i];
    if (e) parts.push(e);
  }
  if (quasis.some((q) => q.value.raw.includes("://"))) noteUrl(ctx, quasis.map(textOf).join("{}"), "template", at);
  return { kind: "concat", parts: parts.slice(), plus: false, at };
}

/**
 * The tag gets the pieces that are written out as a list, and what is put in after it. What most tags yield reads like
 * the template: they encode what is put in, or take out line breaks.
 */
export function lowerTagged(ctx: Context, node: t.TaggedTemplateExpression, use: CallUse): Expr {
  const { quasi } = node;
  const at = ctx.at(node);
  const values = valuesIn(ctx, quasi);
  const items = quasi.quasis.map((piece) => literal(ctx.texts.own(textOf(piece)), ctx.at(piece)));
  const callee = lowerExpression(ctx, node.tag);
  ctx.call({ callee, arguments: [{ kind: "array", items, at }, ...values], construct: false }, use, at);
  return joined(ctx, quasi, values);
}
