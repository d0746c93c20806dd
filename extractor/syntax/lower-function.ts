import type * as t from "@babel/types";
import type { Expr, ObjectExpr } from "../ir/expression.ts";
import { added, type ClassDef, type Func } from "../ir/unit.ts";
import type { Context } from "./context.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerPattern } from "./lower-pattern.ts";
import { lowerBody } from "./lower-statement.ts";
import { newFunction } from "./new-function.ts";
import { Scope } from "./scope.ts";

type FunctionNode =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;

export function lowerFunction(
  ctx: Context,
  node: FunctionNode,
  name: string,
  owner: ClassDef | ObjectExpr | null = null,
): Func {
  const arrow = node.type === "ArrowFunctionExpression";
  const f = newFunction(ctx.unit, ctx.at(node), {
    name,
    params: node.params.length,
    outer: ctx.func,
    arrow,
    generator: node.generator === true,
    owner,
    static: "static" in node && node.static === true,
    ...(name === "" ? {} : { aliases: [name] }),
  });
  ctx.unit.functions.push(f);
  inFunction(ctx, f, () => {
    // a named function expression sees itself
    if (node.type === "FunctionExpression" && node.id) {
      ctx.define(ctx.declare(node.id.name, "block"), { k: "function", f, at: f.at });
    }
    node.params.forEach((param, i) => {
      const rest = param.type === "RestElement";
      const value: Expr = { k: "param", f, i, rest };
      const pattern = rest ? param.argument : param;
      lowerPattern(ctx, pattern, value, "var");
      const named = pattern.type === "AssignmentPattern" ? pattern.left : pattern;
      const variable = named.type === "Identifier" ? ctx.scope.declare(named.name, "var") : null;
      if (variable !== null) variable.at = ctx.at(named);
      f.paramVariables = added(f.paramVariables, variable);
    });
    if (node.body.type === "BlockStatement") lowerBody(ctx, node.body.body);
    else f.returns = [{ e: lowerExpression(ctx, node.body, "returned"), guard: null }];
  });
  return f;
}

/** Field initialisers and static blocks run as functions of their own. */
export function inFunction(ctx: Context, f: Func, body: () => void): void {
  const { func, scope, guard, loops } = ctx;
  ctx.func = f;
  ctx.scope = new Scope(scope, f, true);
  ctx.guard = null;
  ctx.loops = 0;
  try {
    body();
  } finally {
    ctx.scope.close();
    ctx.func = func;
    ctx.scope = scope;
    ctx.guard = guard;
    ctx.loops = loops;
  }
}
