import type * as t from "@babel/types";
import type { Call, Expr } from "../../ir/expression.ts";
import type { CallUse, Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { thisFunction } from "./member.ts";
import { isMachineBody, type StateMachine } from "./state-machine.ts";

/**
 * What compilers make of an async function's body: TypeScript `helper(this, void 0, void 0, function* () {…})`, esbuild
 * `helper(this, null, function* () {…})`, both with `arguments` or `[a, b]` second where the body has parameters. Null
 * for all other calls.
 */
export function coroutineOf(
  node: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
): t.FunctionExpression | null {
  const { length } = node.arguments;
  if ((length !== 3 && length !== 4) || node.type !== "CallExpression") return null;
  const [self, given] = node.arguments;
  const body = node.arguments[length - 1]!;
  if (body.type !== "FunctionExpression" || !(body.generator || isMachineBody(body))) return null;
  return (self!.type === "ThisExpression" || isNothing(self!)) && (isNothing(given!) || isArguments(given!))
    ? body
    : null;
}

/**
 * What Babel and swc make of an async function: `helper(function* (a) {…})` is the function itself, in which `yield`
 * awaits. Null for all other calls, those of other libraries that delegate with `yield*` among them.
 */
export function coroutineFunction(
  node: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
): t.FunctionExpression | null {
  const [given, ...more] = node.arguments;
  if (node.type !== "CallExpression" || more.length > 0) return null;
  const only = marked(given) ?? given;
  if (only?.type !== "FunctionExpression" || only.async || !isHelper(node.callee)) return null;
  if (!only.generator) return isMachineBody(only) ? only : null;
  return only.body.body.some(delegates) ? null : only;
}

/** The same where it is called at once: `helper(function* () {…}).call(this)`, `.apply(this, arguments)`. */
export function calledCoroutine(
  node: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
): { body: t.FunctionExpression; given: t.Node | undefined } | null {
  const { callee } = node;
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return null;
  if (callee.object.type !== "CallExpression" || node.arguments[0]?.type !== "ThisExpression") return null;
  const body = coroutineFunction(callee.object);
  if (body === null) return null;
  const [, given, ...more] = node.arguments;
  if (callee.property.name === "apply") return { body, given };
  return callee.property.name === "call" && given === undefined && more.length === 0 ? { body, given } : null;
}

/** `runtime.mark(function f(a) {…})` is the function; since Babel 7.28 the method is called `m`. */
function marked(node: t.Node | undefined): t.Node | undefined {
  if (node?.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  const { property } = node.callee;
  return property.type === "Identifier" && (property.name === "mark" || property.name === "m")
    ? node.arguments[0]
    : undefined;
}

/** A variable, or what a module of helpers exports: `helper`, `helpers._`, `(0, helpers.default)`. */
function isHelper(callee: t.Node): boolean {
  if (callee.type === "SequenceExpression") return isHelper(callee.expressions.at(-1)!);
  if (callee.type === "Identifier") return true;
  if (callee.type !== "MemberExpression") return false;
  const { property } = callee;
  const name = property.type === "Identifier" ? property.name : property.type === "StringLiteral" ? property.value : "";
  return name === "_" || name === "default";
}

/** `yield* other()` as a statement, or as what a variable is made of. */
const delegates = (statement: t.Statement): boolean => {
  const values =
    statement.type === "ExpressionStatement"
      ? [statement.expression]
      : statement.type === "VariableDeclaration"
        ? statement.declarations.map(({ init }) => init)
        : statement.type === "ReturnStatement"
          ? [statement.argument]
          : [];
  return values.some((e) => e?.type === "YieldExpression" && e.delegate);
};

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

/** The steps of a state machine, in their order: `await` stands for what they wait for. */
export function lowerStateMachine(ctx: Context, machine: StateMachine, use: CallUse, at: number): Call {
  const around = ctx.machine;
  ctx.machine = machine;
  const call = lowerCoroutine(ctx, { body: machine.body, given: undefined }, use, at);
  ctx.machine = around;
  return call;
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
