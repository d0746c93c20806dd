import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { literal, lowerText, noteUrl } from "./literals.ts";

const textOf = ({ value }: t.TemplateElement): string => value.cooked ?? value.raw;

export function lowerTemplate(ctx: Context, node: t.TemplateLiteral): Expr {
  const { quasis, expressions } = node;
  const at = ctx.at(node);
  if (expressions.length === 0) return lowerText(ctx, quasis[0]?.value.cooked ?? "", at);
  const parts: Expr[] = [];
  for (const [i, quasi] of quasis.entries()) {
    const text = textOf(quasi);
    if (text !== "") parts.push(literal(ctx.texts.own(text), ctx.at(quasi)));
    const e = expressions[i];
    if (e) parts.push(lowerExpression(ctx, e));
  }
  if (quasis.some((q) => q.value.raw.includes("://"))) noteUrl(ctx, quasis.map(textOf).join("{}"), "template", at);
  return { kind: "concat", parts: parts.slice(), plus: false, at };
}

/** Tags encode what is put in, or take out line breaks: what they yield reads like the template. */
export function lowerTagged(ctx: Context, node: t.TaggedTemplateExpression, use: CallUse): Expr {
  const text = lowerTemplate(ctx, node.quasi);
  ctx.call({ callee: lowerExpression(ctx, node.tag), arguments: [text], construct: false }, use, ctx.at(node));
  return text;
}
