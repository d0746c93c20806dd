import type * as t from "@babel/types";
import type { Expr, Guard } from "../../ir/expression.ts";
import { added } from "../../ir/unit.ts";
import type { Context } from "../context.ts";
import { lowerClass } from "./class.ts";
import { ends, exits, isPlain } from "./endings.ts";
import { lowerEvalStatement, noteConstant } from "./eval.ts";
import { lowerExpression } from "./expression.ts";
import { lowerFunction } from "./function.ts";
import { literal, unknown } from "./literals.ts";
import { lowerExport, lowerImport } from "./module.ts";
import { lowerPattern } from "./pattern.ts";

/** A list of statements: what follows an `if (x) return` runs only where x was false. */
export function lowerBody(ctx: Context, statements: t.Statement[]): void {
  const outer = ctx.guard;
  for (const statement of statements) {
    if (statement.type === "FunctionDeclaration") {
      lowerHoisted(ctx, statement, outer);
      continue;
    }
    const left = lowerWithExits(ctx, statement);
    if (left !== null) ctx.guard = left;
    // nothing behind a return runs, though its variables are hoisted
    if (ends(statement)) ctx.guard = { test: literal(false, ctx.at(statement)), is: true, outer: ctx.guard };
  }
  ctx.guard = outer;
}

/**
 * `return send(); function send() {…}`: a function is there from the start of its block, whatever leaves that before.
 */
function lowerHoisted(ctx: Context, declaration: t.FunctionDeclaration, atStart: Guard | null): void {
  const before = ctx.guard;
  ctx.guard = atStart;
  lowerStatement(ctx, declaration);
  ctx.guard = before;
}

/** A statement of a file, which may be the last that runs. */
export function lowerTopLevel(ctx: Context, statement: t.Statement): void {
  const left = lowerWithExits(ctx, statement);
  if (left !== null) ctx.unit.exits = added(ctx.unit.exits, { guard: left, at: ctx.at(statement) });
}

/** Yields under which condition the statement is left at its end; null where it always is, or never. */
function lowerWithExits(ctx: Context, statement: t.Statement): Guard | null {
  if (statement.type === "IfStatement") {
    const test = lowerIf(ctx, statement);
    const leftByYes = ends(statement.consequent);
    const leftByNo = statement.alternate ? ends(statement.alternate) : false;
    return leftByYes === leftByNo ? null : { test, is: leftByNo, outer: ctx.guard, exitsOtherwise: true };
  }
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "LogicalExpression") {
    lowerStatement(ctx, statement);
    return null;
  }
  // `off && process.exit()`
  const { operator, right } = statement.expression;
  const e = lowerExpression(ctx, statement.expression, "no");
  if (e.kind !== "choice" || operator === "??" || !exits(right)) return null;
  return { test: e.left, is: operator !== "&&", outer: ctx.guard, exitsOtherwise: true };
}

/** Yields the condition. */
function lowerIf(ctx: Context, { test: condition, consequent, alternate }: t.IfStatement): Expr {
  const outer = ctx.guard;
  const test = lowerExpression(ctx, condition);
  ctx.guard = { test, is: true, outer };
  lowerStatement(ctx, consequent);
  if (alternate) {
    ctx.guard = { test, is: false, outer };
    lowerStatement(ctx, alternate);
  }
  ctx.guard = outer;
  return test;
}

function lowerBlock(ctx: Context, statements: t.Statement[]): void {
  const scoped = statements.some(
    (s) =>
      (s.type === "VariableDeclaration" && s.kind !== "var") ||
      s.type === "ClassDeclaration" ||
      s.type === "FunctionDeclaration",
  );
  if (scoped) ctx.enterBlock();
  lowerBody(ctx, statements);
  if (scoped) ctx.leaveBlock();
}

export function lowerStatement(ctx: Context, node: t.Statement): void {
  ctx.nest(2);
  lowerKind(ctx, node);
  ctx.nest(-2);
}

function lowerKind(ctx: Context, node: t.Statement): void {
  switch (node.type) {
    case "ExpressionStatement":
      if (!lowerEvalStatement(ctx, node.expression)) lowerExpression(ctx, node.expression, "no");
      return;
    case "VariableDeclaration":
      lowerDeclaration(ctx, node);
      return;
    case "FunctionDeclaration": {
      if (!node.id) return;
      const ref = ctx.declare(node.id.name, ctx.scope.hoists ? "var" : "block");
      const f = lowerFunction(ctx, node, node.id.name);
      ctx.define(ref, { kind: "function", func: f, at: f.at });
      return;
    }
    case "ClassDeclaration": {
      if (!node.id) return;
      const ref = ctx.declare(node.id.name, "block");
      const e = lowerClass(ctx, node);
      ctx.nameClass(ref, e.classDef);
      ctx.define(ref, e);
      return;
    }
    case "ReturnStatement":
      if (node.argument) {
        ctx.returns(lowerExpression(ctx, node.argument, "returned"));
      }
      return;
    case "IfStatement":
      lowerIf(ctx, node);
      return;
    case "BlockStatement":
      lowerBlock(ctx, node.body);
      return;
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
      ctx.enterBlock();
      if (node.type === "ForStatement") lowerFor(ctx, node);
      else lowerForEach(ctx, node);
      ctx.leaveBlock();
      return;
    case "WhileStatement":
    case "DoWhileStatement":
      ctx.loops++;
      lowerLoop(ctx, node);
      ctx.loops--;
      return;
    case "SwitchStatement":
      lowerSwitch(ctx, node);
      return;
    case "TryStatement":
      lowerTry(ctx, node);
      return;
    case "LabeledStatement":
    case "WithStatement":
      if (node.type === "WithStatement") lowerExpression(ctx, node.object);
      lowerStatement(ctx, node.body);
      return;
    case "ThrowStatement":
      lowerExpression(ctx, node.argument);
      return;
    case "ImportDeclaration":
      lowerImport(ctx, node);
      return;
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
    case "ExportAllDeclaration":
      lowerExport(ctx, node);
      return;
    case "TSEnumDeclaration":
      lowerEnum(ctx, node);
      return;
    default:
      // type declarations, empty and debugger statements hold no values
      return;
  }
}

/** The body of `do {…} while (test)` runs once whatever the test says. */
function lowerLoop(ctx: Context, { type, test, body }: t.WhileStatement | t.DoWhileStatement): void {
  const holds = lowerExpression(ctx, test);
  if (type === "WhileStatement") lowerRepeated(ctx, holds, body);
  else lowerStatement(ctx, body);
}

function lowerRepeated(ctx: Context, test: Expr, body: t.Statement): void {
  const outer = ctx.loop;
  ctx.loop = { test, is: true, outer };
  lowerStatement(ctx, body);
  ctx.loop = outer;
}

function lowerFor(ctx: Context, { init, test, update, body }: t.ForStatement): void {
  if (init?.type === "VariableDeclaration") lowerDeclaration(ctx, init);
  else if (init) lowerExpression(ctx, init, "no");
  ctx.loops++;
  const holds = test ? lowerExpression(ctx, test) : null;
  if (update) lowerExpression(ctx, update, "no");
  if (holds === null) lowerStatement(ctx, body);
  else lowerRepeated(ctx, holds, body);
  ctx.loops--;
}

function lowerForEach(ctx: Context, { type, left, right, body }: t.ForInStatement | t.ForOfStatement): void {
  const list = lowerExpression(ctx, right);
  const e: Expr = { kind: "element", argument: list, keys: type === "ForInStatement" };
  ctx.loops++;
  if (left.type === "VariableDeclaration") {
    const { kind, declarations } = left;
    for (const d of declarations) lowerPattern(ctx, d.id, e, kind === "var" ? "var" : "block");
  } else lowerPattern(ctx, left, e, null);
  if (type === "ForInStatement") lowerStatement(ctx, body);
  else lowerRepeated(ctx, { kind: "member", object: list, property: "length", at: ctx.at(right) }, body);
  ctx.loops--;
}

/** What handles an error runs where something was thrown, which is hardly ever known: it surely replaces nothing. */
function lowerTry(ctx: Context, { block, handler, finalizer }: t.TryStatement): void {
  const { calls } = ctx.unit;
  const first = calls.length;
  lowerStatement(ctx, block);
  const [only, ...more] = calls.slice(first, first + 2);
  if (handler) {
    const { param, body } = handler;
    const outer = ctx.guard;
    const error = unknown(ctx.at(handler), "error");
    const isThrownByIt = only !== undefined && more.length === 0 && block.body.every(isPlain);
    ctx.guard = { test: isThrownByIt ? { ...error, thrownBy: only } : error, is: true, outer };
    ctx.enterBlock();
    if (param) lowerPattern(ctx, param, unknown(ctx.at(param), "error"), "block");
    lowerBody(ctx, body.body);
    ctx.leaveBlock();
    ctx.guard = outer;
  }
  if (finalizer) lowerStatement(ctx, finalizer);
}

function lowerDeclaration(ctx: Context, node: t.VariableDeclaration): void {
  const kind = node.kind === "var" ? "var" : "block";
  for (const declared of node.declarations) {
    const { id, init } = declared;
    if (node.kind === "const") noteConstant(ctx, declared);
    if (init) lowerPattern(ctx, id, lowerExpression(ctx, init), kind);
    else if (id.type === "Identifier") ctx.declare(id.name, kind);
  }
}

/** Each arm is guarded by the comparison that leads into it, so that a folded discriminant leaves one arm alive. */
function lowerSwitch(ctx: Context, node: t.SwitchStatement): void {
  const value = lowerExpression(ctx, node.discriminant);
  const outer = ctx.guard;
  ctx.enterBlock();
  const tests = node.cases.map(({ test }): Expr | null =>
    test ? { kind: "compare", operator: "===", left: value, right: lowerExpression(ctx, test) } : null,
  );
  let into: Expr | null = null;
  let fallsThrough = false;
  for (const [i, arm] of node.cases.entries()) {
    const test = tests[i]!;
    let guard: Guard | null = outer;
    if (test === null) {
      if (!fallsThrough) for (const other of armTests(node, tests)) guard = { test: other, is: false, outer: guard };
      into = null;
    } else {
      into =
        fallsThrough && into ? { kind: "choice", operator: "||", left: into, right: test } : fallsThrough ? null : test;
      if (into) guard = { test: into, is: true, outer: guard };
    }
    ctx.guard = guard;
    lowerBody(ctx, arm.consequent);
    fallsThrough = !arm.consequent.some(ends) && (into !== null || test === null);
  }
  ctx.guard = outer;
  ctx.leaveBlock();
}

/** One condition for each body: `case 1: case 2:` lead into the same. */
function armTests(node: t.SwitchStatement, tests: readonly (Expr | null)[]): Expr[] {
  const arms: Expr[] = [];
  let into: Expr | null = null;
  node.cases.forEach(({ consequent }, i) => {
    const test = tests[i]!;
    if (test) into = into ? { kind: "choice", operator: "||", left: into, right: test } : test;
    if (into === null || (consequent.length === 0 && i + 1 < tests.length)) return;
    arms.push(into);
    into = null;
  });
  return arms;
}

function lowerEnum(ctx: Context, node: t.TSEnumDeclaration): void {
  const at = ctx.at(node);
  const members = (node.body?.members ?? node.members ?? []).map((member, i) => ({
    kind: "value" as const,
    key: ctx.texts.own(member.id.type === "Identifier" ? member.id.name : member.id.value),
    value: member.initializer ? lowerExpression(ctx, member.initializer) : literal(i, at),
  }));
  ctx.define(ctx.declare(node.id.name, "block"), { kind: "object", members, at });
}
