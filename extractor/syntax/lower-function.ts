import type * as t from "@babel/types";
import type { Expr, ObjectExpr } from "../ir/expression.ts";
import { added, type ClassDef, type Func, type Write } from "../ir/unit.ts";
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
  const [first] = node.params;
  // `function (this: Window, a)`: a type, and no parameter
  const params = first?.type === "Identifier" && first.name === "this" ? node.params.slice(1) : node.params;
  const f = newFunction(ctx.unit, ctx.at(node), {
    name,
    params: params.length,
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
    params.forEach((param, i) => {
      const rest = param.type === "RestElement";
      const value: Expr = { k: "param", f, i, rest };
      const pattern = rest ? param.argument : param;
      lowerPattern(ctx, pattern, value, "var");
      const named = nameOf(pattern);
      if (param.type === "TSParameterProperty" && named.type === "Identifier")
        f.thisWrites = added(f.thisWrites, memberWrite(f, named.name, ctx.scope.use(named.name)));
      const variable = named.type === "Identifier" ? ctx.scope.declare(named.name, "var") : null;
      if (variable !== null) variable.at = ctx.at(named);
      f.paramVariables = added(f.paramVariables, variable);
    });
    if (node.body.type === "BlockStatement") lowerBody(ctx, node.body.body);
    else f.returns = [{ e: lowerExpression(ctx, node.body, "returned"), guard: null }];
  });
  return f;
}

function nameOf(pattern: t.Node): t.Node {
  if (pattern.type === "TSParameterProperty") return nameOf(pattern.parameter);
  return pattern.type === "AssignmentPattern" ? pattern.left : pattern;
}

/** `constructor(private url: string)` is `this.url = url`. */
const memberWrite = (f: Func, name: string, e: Expr): Write => ({ path: [name], key: null, e, guard: null, within: f });

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
