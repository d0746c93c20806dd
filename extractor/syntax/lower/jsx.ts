import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { noteUrl, unknown } from "./literals.ts";

/** `<Link url={x} onClick={f}/>` is a call with one object of its attributes: what it hands on stays visible. */
export function lowerJsx(ctx: Context, node: t.JSXElement | t.JSXFragment): Expr {
  if (node.type === "JSXElement") {
    for (const attribute of node.openingElement.attributes) {
      if (attribute.type === "JSXSpreadAttribute") lowerExpression(ctx, attribute.argument);
      else if (attribute.value) lowerExpression(ctx, attribute.value);
    }
  }
  for (const child of node.children) {
    if (child.type === "JSXText") noteUrl(ctx, child.value, "string", ctx.at(child));
    else lowerExpression(ctx, child);
  }
  return unknown(ctx.at(node));
}
