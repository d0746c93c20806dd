import type * as t from "@babel/types";
import type { Expr } from "../../ir/expression.ts";
import { added } from "../../ir/unit.ts";
import type { Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { literal } from "./literals.ts";
import { thisFunction } from "./member.ts";
import { memberKey, nameAfter, staticKey } from "./names.ts";

export type Declares = "var" | "block" | null;

/**
 * Takes a pattern apart into one definition per name: `const {a: {b = 1}, ...r} = e` -> b = default(e.a.b, 1), r =
 * rest(e).
 * `declares` says what kind of declaration it is, null for an assignment.
 */
export function lowerPattern(ctx: Context, pattern: t.Node, value: Expr, declares: Declares): void {
  switch (pattern.type) {
    case "Identifier": {
      const ref = declares === null ? ctx.scope.use(pattern.name) : ctx.declare(pattern.name, declares);
      if (value.kind === "function" || value.kind === "class") nameAfter(ctx, value, ctx.texts.own(pattern.name));
      ctx.define(ref, value);
      return;
    }
    case "AssignmentPattern":
      lowerPattern(
        ctx,
        pattern.left,
        { kind: "default", expression: value, fallback: lowerExpression(ctx, pattern.right) },
        declares,
      );
      return;
    case "ObjectPattern": {
      const taken: string[] = [];
      for (const property of pattern.properties) {
        if (property.type === "RestElement") {
          lowerPattern(ctx, property.argument, { kind: "rest", argument: value, without: taken, from: 0 }, declares);
          continue;
        }
        const key = staticKey(ctx, property);
        const at = ctx.at(property);
        if (key === null) {
          const index: Expr = { kind: "index", object: value, index: lowerExpression(ctx, property.key), at };
          ctx.read(index);
          lowerPattern(ctx, property.value, index, declares);
        } else {
          taken.push(key);
          const member: Expr = { kind: "member", object: value, property: key, at };
          ctx.read(member);
          lowerPattern(ctx, property.value, member, declares);
        }
      }
      return;
    }
    case "ArrayPattern":
      pattern.elements.forEach((element, i) => {
        if (element === null) return;
        if (element.type === "RestElement") {
          lowerPattern(ctx, element.argument, { kind: "rest", argument: value, without: [], from: i }, declares);
        } else {
          const at = ctx.at(element);
          lowerPattern(ctx, element, { kind: "index", object: value, index: literal(i, at), at }, declares);
        }
      });
      return;
    case "MemberExpression":
    case "OptionalMemberExpression":
      lowerMemberWrite(ctx, pattern, value);
      return;
    case "TSParameterProperty":
      lowerPattern(ctx, pattern.parameter, value, declares);
      return;
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      lowerPattern(ctx, pattern.expression, value, declares);
      return;
    default:
      lowerExpression(ctx, pattern as t.Expression);
  }
}

/** `a.b.c = value`: remembered with the variable or `this` at the root of the chain. */
function lowerMemberWrite(ctx: Context, node: t.MemberExpression | t.OptionalMemberExpression, value: Expr): void {
  const path: string[] = [];
  let key: Expr | null = null;
  let root: t.Node = node;
  let first = true;
  while (root.type === "MemberExpression" || root.type === "OptionalMemberExpression") {
    const name = memberKey(ctx, root);
    if (name !== null) path.unshift(name);
    else if (first) key = lowerExpression(ctx, root.property as t.Expression);
    else {
      lowerExpression(ctx, root.object);
      return;
    }
    first = false;
    root = root.object;
  }
  if (path.length > 0 && key === null) nameAfter(ctx, value, path[path.length - 1]!);
  if (root.type === "Identifier") ctx.write(ctx.scope.use(root.name), path, key, value);
  else if (root.type === "ThisExpression" && (path.length > 0 || key !== null)) {
    const f = thisFunction(ctx);
    if (f) f.thisWrites = added(f.thisWrites, { path, key, expression: value, guard: ctx.guard, within: ctx.func });
  } else if (root.type === "LogicalExpression" && root.left.type === "MemberExpression" && key === null) {
    // `(a.b || (a.b = {})).c = e`
    lowerExpression(ctx, root);
    const inner = writtenPath(ctx, root.left);
    if (inner !== null) ctx.write(ctx.scope.use(inner.root), [...inner.path, ...path], null, value);
  } else if (root.type === "AssignmentExpression" && root.left.type === "Identifier") {
    lowerExpression(ctx, root);
    ctx.write(ctx.scope.use(root.left.name), path, key, value);
  } else {
    const of = lowerExpression(ctx, root as t.Expression);
    if (of.kind !== "call" || path.length !== 1 || key !== null) return;
    ctx.unit.resultWrites = added(ctx.unit.resultWrites, { of, key: path[0]!, expression: value });
  }
}

function writtenPath(ctx: Context, node: t.MemberExpression): { root: string; path: string[] } | null {
  const path: string[] = [];
  let root: t.Node = node;
  for (; root.type === "MemberExpression"; root = root.object) {
    const name = memberKey(ctx, root);
    if (name === null) return null;
    path.unshift(name);
  }
  return root.type === "Identifier" ? { root: root.name, path } : null;
}
