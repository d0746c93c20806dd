import type * as t from "@babel/types";
import { ITERATOR } from "../../ir/class-members.ts";
import type { Expr } from "../../ir/expression.ts";
import { added } from "../../ir/unit.ts";
import type { Context } from "../context.ts";

/** Name of a member where it stands in the source: `.a`, `["a"]`, `.#a`; null where it is computed. */
export function memberKey(ctx: Context, node: t.MemberExpression | t.OptionalMemberExpression): string | null {
  const { property } = node;
  if (!node.computed && property.type === "Identifier") return ctx.texts.own(property.name);
  return literalNameOf(ctx, property);
}

/** Name of an object or class member, null where it is computed. */
export function staticKey(ctx: Context, { key, computed }: { key: t.Node; computed?: boolean }): string | null {
  if (!computed && key.type === "Identifier") return ctx.texts.own(key.name);
  return isIteratorSymbol(key) ? ITERATOR : literalNameOf(ctx, key);
}

/** `[Symbol.iterator]`, `[Symbol.asyncIterator]` */
const isIteratorSymbol = (key: t.Node): boolean =>
  key.type === "MemberExpression" &&
  key.object.type === "Identifier" &&
  key.object.name === "Symbol" &&
  key.property.type === "Identifier" &&
  (key.property.name === "iterator" || key.property.name === "asyncIterator");

function literalNameOf(ctx: Context, key: t.Node): string | null {
  if (key.type === "PrivateName") return ctx.texts.own(`#${key.id.name}`);
  if (key.type === "StringLiteral") return ctx.texts.own(key.value);
  return key.type === "NumericLiteral" ? ctx.texts.own(String(key.value)) : null;
}

/** Callers know a function by the names it is given, and what a call makes by the member that holds it. */
export function nameAfter({ unit }: Context, value: Expr, name: string): void {
  if (value.kind === "function") {
    if (value.func.name === "") value.func.name = name;
    if (!value.func.aliases.includes(name)) value.func.aliases = added(value.func.aliases, name);
  } else if (value.kind === "class" && value.classDef.name === "") value.classDef.name = name;
  else if (value.kind === "call" && value.callee.kind === "member" && !value.construct)
    unit.keptCalls = added(unit.keptCalls, { name, call: value });
}
