import type * as t from "@babel/types";
import type { Expr, ObjectExpr, ObjectMember } from "../../ir/expression.ts";
import { none } from "../../ir/unit.ts";
import type { Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { lowerFunction } from "./function.ts";
import { noteUrl } from "./literals.ts";
import { nameAfter, staticKey } from "./names.ts";

export function lowerObject(ctx: Context, node: t.ObjectExpression): ObjectExpr {
  const object: ObjectExpr = { kind: "object", members: none(), at: ctx.at(node) };
  const members: ObjectMember[] = [];
  for (const property of node.properties) {
    if (property.type === "SpreadElement")
      members.push({ kind: "spread", value: lowerExpression(ctx, property.argument) });
    else if (property.type === "ObjectProperty") members.push(lowerProperty(ctx, object, property));
    else {
      const method = lowerMethod(ctx, object, property);
      if (method !== null) members.push(method);
    }
  }
  object.members = members.slice();
  return object;
}

/** Setters tell nothing. */
function lowerMethod(ctx: Context, object: ObjectExpr, method: t.ObjectMethod): ObjectMember | null {
  const key = staticKey(ctx, method);
  const f = lowerFunction(ctx, method, key ?? "", object);
  const e: Expr = { kind: "function", func: f, at: f.at };
  if (key === null) return { kind: "computed", key: lowerExpression(ctx, method.key), value: e };
  if (method.kind === "get") return { kind: "getter", key, func: f };
  return method.kind === "method" ? { kind: "value", key, value: e } : null;
}

function lowerProperty(ctx: Context, object: ObjectExpr, property: t.ObjectProperty): ObjectMember {
  const key = staticKey(ctx, property);
  const { urls, tokens } = ctx.unit;
  const urlsBefore = urls.length;
  const tokensBefore = tokens.length;
  const e = lowerExpression(ctx, property.value);
  if (key === null) return { kind: "computed", key: lowerExpression(ctx, property.key), value: e };
  if (property.key.type === "StringLiteral") noteUrl(ctx, key, "string", ctx.at(property));
  for (let i = urlsBefore; i < urls.length; i++) urls[i]!.key ??= key;
  for (let i = tokensBefore; i < tokens.length; i++) tokens[i]!.key ??= key;
  nameAfter(ctx, e, key);
  if (e.kind === "ref") ctx.alias(e, key);
  if (e.kind === "function" && !e.func.arrow && e.func.owner === null) e.func.owner = object;
  return { kind: "value", key, value: e };
}
