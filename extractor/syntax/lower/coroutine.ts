import type * as t from "@babel/types";
import type { Call, Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { thisFunction } from "./member.ts";

/**
 * What compilers make of an async function's body: TypeScript `helper(this, void 0, void 0, function* () {…})`, esbuild
 * `helper(this, null, function* () {…})`, both with `arguments` or `[a, b]` second where the body has parameters. Null for all
 * other calls.
 */
export function coroutineOf(
  node: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
): t.FunctionExpression | null {
  const { length } = node.arguments;
  if ((length !== 3 && length !== 4) || node.type !== "CallExpression") return null;
  const [self, given] = node.arguments;
  const body = node.arguments[length - 1]!;
  if (body.type !== "FunctionExpression" || !body.generator) return null;
  return (self!.type === "ThisExpression" || isNothing(self!)) && (isNothing(given!) || isArguments(given!))
    ? body
    : null;
}

/** As `(async () => {…})()`: the function is an arrow, for `this` is the one around it, and `yield` in it awaits. */
export function lowerCoroutine(
  ctx: Context,
  { body, given }: { body: t.FunctionExpression; given: t.Node | undefined },
  use: CallUse,
  at: number,
): Call {
  const { type: _, generator: _generator, id: _id, ...rest } = body;
  const f = lowerExpression(ctx, { ...rest, type: "ArrowFunctionExpression", async: true, expression: false });
  return ctx.call({ callee: f, arguments: argumentsOf(ctx, body, given), construct: false }, use, at);
}

function argumentsOf(ctx: Context, body: t.FunctionExpression, given: t.Node | undefined): Expr[] {
  if (given?.type === "ArrayExpression")
    return given.elements.flatMap((e) => (e === null ? [] : [lowerExpression(ctx, e)]));
  const around = thisFunction(ctx);
  if (given?.type !== "Identifier" || around === null) return [];
  return body.params.map((_, i): Expr => ({ kind: "param", func: around, index: i, rest: false }));
}

const isNothing = (node: t.Node): boolean =>
  node.type === "NullLiteral" ||
  (node.type === "UnaryExpression" && node.operator === "void") ||
  (node.type === "Identifier" && node.name === "undefined");
const isArguments = (node: t.Node): boolean =>
  node.type === "ArrayExpression" || (node.type === "Identifier" && node.name === "arguments");
