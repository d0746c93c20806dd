import type * as t from "@babel/types";
import type { Call, Expr, Literal, ObjectExpr, ObjectMember } from "../ir/expression.ts";
import type { Context } from "./context.ts";
import { lowerAssignment } from "./lower-assignment.ts";
import { lowerCall, lowerImport } from "./lower-call.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerFunction } from "./lower-function.ts";
import { memberKey, nameAfter, staticKey, thisFunction } from "./lower-pattern.ts";

/** What becomes of a value: `no` for a statement of its own, `returned` where it is handed on by its function. */
export type Use = "yes" | "no" | "returned";

export const literal = (v: Literal["v"], at: number): Literal => ({ k: "literal", v, at });

export function lowerExpression(ctx: Context, node: t.Node, use: Use = "yes"): Expr {
  const at = ctx.at(node);
  switch (node.type) {
    case "StringLiteral":
      noteUrl(ctx, node.value, "string", at);
      noteToken(ctx, node.value, at);
      return literal(node.value, at);
    case "NumericLiteral":
    case "BooleanLiteral":
      return literal(node.value, at);
    case "NullLiteral":
      return literal(null, at);
    case "BigIntLiteral":
      return literal(Number(node.value), at);
    case "TemplateLiteral":
      return lowerTemplate(ctx, node);
    case "Identifier":
      return node.name === "undefined" ? literal(undefined, at) : ctx.scope.use(node.name);
    case "MetaProperty":
      return node.meta.name === "import" ? ctx.scope.use("import.meta") : { k: "unknown", name: "", at };
    case "ThisExpression":
    case "Super":
      return lowerThis(ctx, node.type === "Super");
    case "MemberExpression":
    case "OptionalMemberExpression":
      return lowerMember(ctx, node);
    case "CallExpression":
    case "OptionalCallExpression":
    case "NewExpression":
      return lowerCall(ctx, node, use);
    case "ImportExpression":
      return lowerImport(ctx, node.source, at);
    case "ObjectExpression":
      return lowerObject(ctx, node);
    case "ArrayExpression":
      return {
        k: "array",
        items: node.elements.map((e) => (e === null ? literal(undefined, at) : lowerExpression(ctx, e))),
        at,
      };
    case "SpreadElement":
      return { k: "spread", e: lowerExpression(ctx, node.argument) };
    case "FunctionExpression":
    case "ArrowFunctionExpression": {
      const f = lowerFunction(ctx, node, node.type === "FunctionExpression" ? (node.id?.name ?? "") : "");
      return { k: "function", f, at };
    }
    case "ClassExpression":
      return lowerClass(ctx, node);
    case "AssignmentExpression":
      return lowerAssignment(ctx, node, use);
    case "SequenceExpression": {
      const last = node.expressions.length - 1;
      for (let i = 0; i < last; i++) lowerExpression(ctx, node.expressions[i]!, "no");
      return lowerExpression(ctx, node.expressions[last]!, use);
    }
    case "LogicalExpression":
      return lowerLogical(ctx, node, use);
    case "ConditionalExpression": {
      const test = lowerExpression(ctx, node.test);
      const yes = ctx.under({ test, is: true, outer: ctx.guard }, () => lowerExpression(ctx, node.consequent, use));
      const no = ctx.under({ test, is: false, outer: ctx.guard }, () => lowerExpression(ctx, node.alternate, use));
      return { k: "conditional", test, yes, no };
    }
    case "BinaryExpression":
      return lowerBinary(ctx, node);
    case "UnaryExpression":
      return lowerUnary(ctx, node, use);
    case "AwaitExpression":
      return { k: "await", e: lowerExpression(ctx, node.argument, use) };
    case "YieldExpression": {
      const e = node.argument ? lowerExpression(ctx, node.argument) : literal(undefined, at);
      if (ctx.func?.generator === false) return { k: "await", e };
      ctx.returns(node.delegate ? { k: "element", e, keys: false } : e);
      return { k: "unknown", name: "", at };
    }
    case "UpdateExpression":
      lowerExpression(ctx, node.argument);
      return { k: "unknown", name: "", at };
    case "RegExpLiteral":
      noteUrl(ctx, node.pattern, "regexp", at);
      return { k: "regexp", source: node.pattern, flags: node.flags, at };
    case "TaggedTemplateExpression": {
      // tags encode what is put in, or take out line breaks: what they yield reads like the template
      const text = lowerTemplate(ctx, node.quasi);
      const call: Call = { k: "call", f: lowerExpression(ctx, node.tag), a: [text], ...callFrame(ctx, use), at };
      ctx.call(call);
      return text;
    }
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
      return lowerExpression(ctx, node.expression, use);
    case "JSXElement":
    case "JSXFragment":
      return lowerJsx(ctx, node);
    case "JSXExpressionContainer":
    case "JSXSpreadChild":
      return lowerExpression(ctx, node.expression);
    default:
      return { k: "unknown", name: "", at };
  }
}

export const callFrame = (ctx: Context, use: Use) => ({
  construct: false,
  within: ctx.func,
  guard: ctx.guard,
  used: use,
  unit: ctx.unit,
});

/** Names of environment variables: words with an underscore, or capitals alone. `env.x` itself counts whatever the name. */
const VARIABLE_NAME = /^[A-Za-z]\w*_\w*$|^[A-Z][A-Z0-9]+$/;

function mayRead(o: Expr, p: string | null): boolean {
  if (o.k === "member") return p === null || o.p === "env";
  return o.k === "ref" && (p === null || VARIABLE_NAME.test(p));
}

function lowerThis(ctx: Context, above: boolean): Expr {
  const f = thisFunction(ctx);
  if (f) f.usesThis = true;
  return { k: "this", f, above };
}

function lowerMember(ctx: Context, node: t.MemberExpression | t.OptionalMemberExpression): Expr {
  const at = ctx.at(node.property);
  const o = lowerExpression(ctx, node.object);
  const p = memberKey(node);
  const e: Expr =
    p === null ? { k: "index", o, i: lowerExpression(ctx, node.property), at } : { k: "member", o, p, at };
  if (p === "__esModule" && ctx.func) ctx.func.interop = true;
  if (mayRead(o, p)) ctx.unit.reads.push({ e, within: ctx.func });
  return e;
}

function lowerTemplate(ctx: Context, node: t.TemplateLiteral): Expr {
  const parts: Expr[] = [];
  node.quasis.forEach((quasi, i) => {
    const text = quasi.value.cooked ?? quasi.value.raw;
    if (text !== "") parts.push(literal(text, ctx.at(quasi)));
    const e = node.expressions[i];
    if (e) parts.push(lowerExpression(ctx, e));
  });
  if (node.expressions.length === 0) {
    const text = node.quasis[0]?.value.cooked ?? "";
    noteUrl(ctx, text, "string", ctx.at(node));
    noteToken(ctx, text, ctx.at(node));
    return literal(text, ctx.at(node));
  }
  if (node.quasis.some((q) => q.value.raw.includes("://"))) {
    noteUrl(ctx, node.quasis.map((q) => q.value.cooked ?? q.value.raw).join("{}"), "template", ctx.at(node));
  }
  return { k: "concat", parts, plus: false, at: ctx.at(node) };
}

/** `+` chains nest to the left as deep as they are long: unrolled here, since bundles hold chains of thousands. */
function lowerBinary(ctx: Context, node: t.BinaryExpression): Expr {
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
      if (l.k === "literal" && typeof l.v === "string" && mayRead(r, l.v))
        ctx.unit.reads.push({ e: { k: "member", o: r, p: l.v, at }, within: ctx.func });
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

function lowerUnary(ctx: Context, node: t.UnaryExpression, use: Use): Expr {
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
  return { k: "unknown", name: "", at };
}

function lowerLogical(ctx: Context, node: t.LogicalExpression, use: Use): Expr {
  const l = lowerExpression(ctx, node.left);
  const right = () => lowerExpression(ctx, node.right, use);
  const r =
    node.operator === "??" ? right() : ctx.under({ test: l, is: node.operator === "&&", outer: ctx.guard }, right);
  return { k: "choice", op: node.operator, l, r };
}

function lowerObject(ctx: Context, node: t.ObjectExpression): ObjectExpr {
  const members: ObjectMember[] = [];
  const object: ObjectExpr = { k: "object", members, at: ctx.at(node) };
  for (const property of node.properties) {
    if (property.type === "SpreadElement") {
      members.push({ k: "spread", e: lowerExpression(ctx, property.argument) });
      continue;
    }
    const key = staticKey(property);
    if (property.type === "ObjectMethod") {
      const f = lowerFunction(ctx, property, key ?? "", object);
      if (key === null) {
        members.push({ k: "computed", key: lowerExpression(ctx, property.key), e: { k: "function", f, at: f.at } });
      } else if (property.kind === "get") members.push({ k: "getter", key, f });
      else if (property.kind === "method") members.push({ k: "value", key, e: { k: "function", f, at: f.at } });
      continue;
    }
    const { urls, tokens } = ctx.unit;
    const before = [urls.length, tokens.length] as const;
    const e = lowerExpression(ctx, property.value);
    if (key === null) {
      members.push({ k: "computed", key: lowerExpression(ctx, property.key), e });
      continue;
    }
    noteUrl(ctx, key, "string", ctx.at(property));
    for (let i = before[0]; i < urls.length; i++) urls[i]!.key ??= key;
    for (let i = before[1]; i < tokens.length; i++) tokens[i]!.key ??= key;
    nameAfter(e, key);
    if (e.k === "ref") ctx.alias(e, key);
    if (e.k === "function" && !e.f.arrow && e.f.owner === null) e.f.owner = object;
    members.push({ k: "value", key, e });
  }
  return object;
}

/** `<Link url={x} onClick={f}/>` is a call with one object of its attributes: what it hands on stays visible. */
function lowerJsx(ctx: Context, node: t.JSXElement | t.JSXFragment): Expr {
  const at = ctx.at(node);
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
  return { k: "unknown", name: "", at };
}

export function noteUrl(
  ctx: Context,
  text: string,
  place: "string" | "template" | "comment" | "regexp",
  at: number,
): void {
  if (text.includes("://") || (place === "regexp" && text.includes(":\\/\\/"))) {
    ctx.unit.urls.push({ text, place, key: null, at });
  }
}

const TOKEN = /^[\w\-.:=+/@;~]{16,200}$/;

function noteToken(ctx: Context, text: string, at: number): void {
  if (text.length >= 16 && text.length <= 200 && TOKEN.test(text) && /\d/.test(text)) {
    ctx.unit.tokens.push({ text, key: null, at });
  }
}
