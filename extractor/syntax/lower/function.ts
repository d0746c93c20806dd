import type * as t from "@babel/types";
import type { Expr, ObjectExpr } from "../../ir/expression.ts";
import { added, type ClassDef, type Func, newFunction, none, type Variable, type Write } from "../../ir/unit.ts";
import type { Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { lowerPattern } from "./pattern.ts";
import { lowerBody } from "./statement.ts";

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
    name: ctx.texts.own(name),
    params: params.length,
    outer: ctx.func,
    guard: node.type === "FunctionDeclaration" ? null : ctx.guard,
    arrow,
    generator: node.generator === true,
    owner,
    static: "static" in node && node.static === true,
  });
  ctx.unit.functions.push(f);
  const around = ctx.enterFunction(f);
  // a named function expression sees itself
  if (node.type === "FunctionExpression" && node.id) {
    ctx.define(ctx.declare(node.id.name, "block"), { kind: "function", func: f, at: f.at });
  }
  f.paramVariables = params.length === 0 ? none() : params.map((param, i) => lowerParameter(ctx, f, param, i));
  if (node.body.type === "BlockStatement") lowerBody(ctx, node.body.body);
  else f.returns = [{ expression: lowerExpression(ctx, node.body, "returned"), guard: null }];
  ctx.leaveFunction(around);
  return f;
}

/** Yields the variable where the parameter is one name. */
function lowerParameter(ctx: Context, f: Func, param: FunctionNode["params"][number], i: number): Variable | null {
  const rest = param.type === "RestElement";
  const pattern = rest ? param.argument : param;
  lowerPattern(ctx, pattern, { kind: "param", func: f, index: i, rest }, "var");
  const named = functionNameOf(pattern);
  if (named.type !== "Identifier") return null;
  const variable = ctx.scope.declare(named.name, "var");
  if (param.type === "TSParameterProperty")
    f.thisWrites = added(f.thisWrites, memberWrite(f, variable.name, ctx.scope.use(named.name)));
  variable.at = ctx.at(named);
  return variable;
}

function functionNameOf(pattern: t.Node): t.Node {
  if (pattern.type === "TSParameterProperty") return functionNameOf(pattern.parameter);
  return pattern.type === "AssignmentPattern" ? pattern.left : pattern;
}

/** `constructor(private url: string)` is `this.url = url`. */
const memberWrite = (f: Func, name: string, e: Expr): Write => ({
  path: [name],
  key: null,
  expression: e,
  guard: null,
  within: f,
});
