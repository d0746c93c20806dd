import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerAssignment } from "./assignment.ts";
import { lowerCall, lowerImportCall } from "./call.ts";
import { lowerClass } from "./class.ts";
import { lowerFunction } from "./function.ts";
import { lowerJsx } from "./jsx.ts";
import { literal, lowerNumber, lowerText, noteUrl, unknown } from "./literals.ts";
import { lowerMember, lowerThis } from "./member.ts";
import { lowerObject } from "./object.ts";
import { lowerBinary, lowerConditional, lowerLogical, lowerSequence, lowerUnary } from "./operator.ts";
import { lowerPattern } from "./pattern.ts";
import { lowerTagged, lowerTemplate } from "./template.ts";

type Type = t.Node["type"];
type Lowering<T extends Type> = (ctx: Context, node: Extract<t.Node, { type: T }>, use: CallUse) => Expr;

/**
 * A table and no switch: V8 compiles one large function again for each kind of node that it meets for the first time.
 */
const LOWERINGS: { readonly [T in Type]?: Lowering<T> } = {
  StringLiteral: (ctx, node) => lowerText(ctx, node.value, ctx.at(node)),
  NumericLiteral: (ctx, node) => lowerNumber(ctx, node, ctx.at(node)),
  BooleanLiteral: (ctx, node) => literal(node.value, ctx.at(node)),
  NullLiteral: (ctx, node) => literal(null, ctx.at(node)),
  BigIntLiteral: (ctx, node) => literal(Number(node.value), ctx.at(node)),
  RegExpLiteral: lowerRegExp,
  TemplateLiteral: lowerTemplate,
  TaggedTemplateExpression: lowerTagged,
  Identifier: (ctx, node) => (node.name === "undefined" ? literal(undefined, ctx.at(node)) : ctx.scope.use(node.name)),
  MetaProperty: (ctx, node) => (node.meta.name === "import" ? ctx.scope.use("import.meta") : unknown(ctx.at(node))),
  ThisExpression: lowerThis,
  Super: lowerThis,
  MemberExpression: lowerMember,
  OptionalMemberExpression: lowerMember,
  CallExpression: lowerCall,
  OptionalCallExpression: lowerCall,
  NewExpression: lowerCall,
  ImportExpression: (ctx, node) => lowerImportCall(ctx, node.source, ctx.at(node)),
  ObjectExpression: lowerObject,
  ArrayExpression: lowerArray,
  SpreadElement: (ctx, node) => ({ kind: "spread", argument: lowerExpression(ctx, node.argument) }),
  FunctionExpression: (ctx, node) => made(ctx, node, node.id?.name ?? ""),
  ArrowFunctionExpression: (ctx, node) => made(ctx, node, ""),
  ClassExpression: lowerClass,
  AssignmentExpression: lowerAssignment,
  SequenceExpression: lowerSequence,
  LogicalExpression: lowerLogical,
  ConditionalExpression: lowerConditional,
  BinaryExpression: lowerBinary,
  UnaryExpression: lowerUnary,
  UpdateExpression: (ctx, node) => {
    lowerExpression(ctx, node.argument);
    const value = unknown(ctx.at(node));
    lowerPattern(ctx, node.argument, value, null);
    return value;
  },
  AwaitExpression: (ctx, node, use) => ({ kind: "await", argument: lowerExpression(ctx, node.argument, use) }),
  YieldExpression: lowerYield,
  ParenthesizedExpression: lowerWrapped,
  TSAsExpression: lowerWrapped,
  TSSatisfiesExpression: lowerWrapped,
  TSNonNullExpression: lowerWrapped,
  TSTypeAssertion: lowerWrapped,
  TSInstantiationExpression: lowerWrapped,
  JSXElement: lowerJsx,
  JSXFragment: lowerJsx,
  JSXExpressionContainer: (ctx, node) => lowerExpression(ctx, node.expression),
  JSXSpreadChild: (ctx, node) => lowerExpression(ctx, node.expression),
};

export function lowerExpression(ctx: Context, node: t.Node, use: CallUse = "yes"): Expr {
  const lowering = LOWERINGS[node.type] as Lowering<Type> | undefined;
  if (lowering === undefined) return unknown(ctx.at(node));
  const levels = node.type === "ConditionalExpression" || node.type === "LogicalExpression" ? 2 : 1;
  ctx.nest(levels);
  const e = lowering(ctx, node, use);
  ctx.nest(-levels);
  return e;
}

function lowerWrapped(ctx: Context, node: { expression: t.Expression }, use: CallUse): Expr {
  return lowerExpression(ctx, node.expression, use);
}

function made(ctx: Context, node: t.FunctionExpression | t.ArrowFunctionExpression, name: string): Expr {
  const f = lowerFunction(ctx, node, name);
  return { kind: "function", func: f, at: f.at };
}

function lowerArray(ctx: Context, node: t.ArrayExpression): Expr {
  const at = ctx.at(node);
  const items = node.elements.map((e) => (e === null ? literal(undefined, at) : lowerExpression(ctx, e)));
  return { kind: "array", items, at };
}

function lowerRegExp(ctx: Context, node: t.RegExpLiteral): Expr {
  const at = ctx.at(node);
  noteUrl(ctx, node.pattern, "regexp", at);
  return { kind: "regexp", source: ctx.texts.own(node.pattern), flags: ctx.texts.own(node.flags), at };
}

function lowerYield(ctx: Context, node: t.YieldExpression): Expr {
  const at = ctx.at(node);
  const e = node.argument ? lowerExpression(ctx, node.argument) : literal(undefined, at);
  if (ctx.func?.generator === false) return { kind: "await", argument: e };
  ctx.returns(node.delegate ? { kind: "element", argument: e, keys: false } : e);
  return unknown(at);
}
