import type * as t from "@babel/types";
import type { Expr, Guard } from "../ir/expression.ts";
import type { Context } from "./context.ts";
import { lowerClass } from "./lower-class.ts";
import { literal, lowerExpression } from "./lower-expression.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerExport, lowerImport } from "./lower-module.ts";
import { lowerPattern } from "./lower-pattern.ts";

/** A list of statements: what follows an `if (x) return` runs only where x was false. */
export function lowerBody(ctx: Context, statements: t.Statement[]): void {
  const outer = ctx.guard;
  for (const statement of statements) {
    lowerStatement(ctx, statement);
    if (statement.type === "IfStatement") {
      const leftByYes = ends(statement.consequent);
      const leftByNo = statement.alternate ? ends(statement.alternate) : false;
      if (leftByYes !== leftByNo)
        ctx.guard = { test: testOf(ctx, statement), is: leftByNo, outer: ctx.guard, left: true };
    }
    // nothing behind a return runs, though its functions and variables are hoisted
    if (ends(statement)) ctx.guard = { test: literal(false, ctx.at(statement)), is: true, outer: ctx.guard };
  }
  ctx.guard = outer;
}

const tests = new WeakMap<t.IfStatement, Expr>();

function testOf(ctx: Context, node: t.IfStatement): Expr {
  let test = tests.get(node);
  if (test === undefined) {
    test = lowerExpression(ctx, node.test);
    tests.set(node, test);
  }
  return test;
}

function block(ctx: Context, statements: t.Statement[]): void {
  const scoped = statements.some(
    (s) =>
      (s.type === "VariableDeclaration" && s.kind !== "var") ||
      s.type === "ClassDeclaration" ||
      s.type === "FunctionDeclaration",
  );
  if (scoped) ctx.inBlock(() => lowerBody(ctx, statements));
  else lowerBody(ctx, statements);
}

export function lowerStatement(ctx: Context, node: t.Statement): void {
  switch (node.type) {
    case "ExpressionStatement":
      lowerExpression(ctx, node.expression, "no");
      return;
    case "VariableDeclaration":
      lowerDeclaration(ctx, node);
      return;
    case "FunctionDeclaration": {
      if (!node.id) return;
      const ref = ctx.declare(node.id.name, ctx.scope.hoists ? "var" : "block");
      const f = lowerFunction(ctx, node, node.id.name);
      ctx.define(ref, { k: "function", f, at: f.at });
      return;
    }
    case "ClassDeclaration": {
      if (!node.id) return;
      const ref = ctx.declare(node.id.name, "block");
      const e = lowerClass(ctx, node);
      ctx.nameClass(ref, e.c);
      ctx.define(ref, e);
      return;
    }
    case "ReturnStatement":
      if (node.argument) {
        ctx.returns(lowerExpression(ctx, node.argument, "returned"));
      }
      return;
    case "IfStatement": {
      const test = testOf(ctx, node);
      ctx.under({ test, is: true, outer: ctx.guard }, () => lowerStatement(ctx, node.consequent));
      const { alternate } = node;
      if (alternate) ctx.under({ test, is: false, outer: ctx.guard }, () => lowerStatement(ctx, alternate));
      return;
    }
    case "BlockStatement":
      block(ctx, node.body);
      return;
    case "ForStatement":
      ctx.inBlock(() => {
        if (node.init?.type === "VariableDeclaration") lowerDeclaration(ctx, node.init);
        else if (node.init) lowerExpression(ctx, node.init, "no");
        ctx.inLoop(() => {
          if (node.test) lowerExpression(ctx, node.test);
          if (node.update) lowerExpression(ctx, node.update, "no");
          lowerStatement(ctx, node.body);
        });
      });
      return;
    case "ForInStatement":
    case "ForOfStatement":
      ctx.inBlock(() => {
        const e: Expr = { k: "element", e: lowerExpression(ctx, node.right), keys: node.type === "ForInStatement" };
        ctx.inLoop(() => {
          if (node.left.type === "VariableDeclaration") {
            const { kind, declarations } = node.left;
            for (const d of declarations) lowerPattern(ctx, d.id, e, kind === "var" ? "var" : "block");
          } else lowerPattern(ctx, node.left, e, null);
          lowerStatement(ctx, node.body);
        });
      });
      return;
    case "WhileStatement":
    case "DoWhileStatement":
      ctx.inLoop(() => {
        lowerExpression(ctx, node.test);
        lowerStatement(ctx, node.body);
      });
      return;
    case "SwitchStatement":
      lowerSwitch(ctx, node);
      return;
    case "TryStatement":
      lowerStatement(ctx, node.block);
      if (node.handler) {
        const { param, body } = node.handler;
        ctx.inBlock(() => {
          if (param) lowerPattern(ctx, param, { k: "unknown", name: "error", at: ctx.at(param) }, "block");
          lowerBody(ctx, body.body);
        });
      }
      if (node.finalizer) lowerStatement(ctx, node.finalizer);
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

function lowerDeclaration(ctx: Context, node: t.VariableDeclaration): void {
  const kind = node.kind === "var" ? "var" : "block";
  for (const { id, init } of node.declarations) {
    if (init) lowerPattern(ctx, id, lowerExpression(ctx, init), kind);
    else if (id.type === "Identifier") ctx.declare(id.name, kind);
  }
}

/** Each arm is guarded by the comparison that leads into it, so that a folded discriminant leaves one arm alive. */
function lowerSwitch(ctx: Context, node: t.SwitchStatement): void {
  const value = lowerExpression(ctx, node.discriminant);
  ctx.inBlock(() => {
    const tests = node.cases.map(({ test }): Expr | null =>
      test ? { k: "compare", op: "===", l: value, r: lowerExpression(ctx, test) } : null,
    );
    let into: Expr | null = null;
    let fallsThrough = false;
    node.cases.forEach((arm, i) => {
      const test = tests[i]!;
      let guard: Guard | null = ctx.guard;
      if (test === null) {
        if (!fallsThrough) for (const other of armTests(node, tests)) guard = { test: other, is: false, outer: guard };
        into = null;
      } else {
        into = fallsThrough && into ? { k: "choice", op: "||", l: into, r: test } : fallsThrough ? null : test;
        if (into) guard = { test: into, is: true, outer: guard };
      }
      ctx.under(guard, () => lowerBody(ctx, arm.consequent));
      fallsThrough = !arm.consequent.some(leaves) && (into !== null || test === null);
    });
  });
}

/** One condition for each body: `case 1: case 2:` lead into the same. */
function armTests(node: t.SwitchStatement, tests: readonly (Expr | null)[]): Expr[] {
  const arms: Expr[] = [];
  let into: Expr | null = null;
  node.cases.forEach(({ consequent }, i) => {
    const test = tests[i]!;
    if (test) into = into ? { k: "choice", op: "||", l: into, r: test } : test;
    if (into === null || (consequent.length === 0 && i + 1 < tests.length)) return;
    arms.push(into);
    into = null;
  });
  return arms;
}

const leaves = (s: t.Statement): boolean =>
  ends(s) || s.type === "BreakStatement" || (s.type === "BlockStatement" && s.body.some(leaves));

/** Control never reaches the statement after it. */
function ends(node: t.Statement): boolean {
  switch (node.type) {
    case "ReturnStatement":
    case "ThrowStatement":
    case "ContinueStatement":
      return true;
    case "BlockStatement":
      return node.body.some(ends);
    case "IfStatement":
      return node.alternate != null && ends(node.consequent) && ends(node.alternate);
    default:
      return false;
  }
}

function lowerEnum(ctx: Context, node: t.TSEnumDeclaration): void {
  const at = ctx.at(node);
  const members = (node.body?.members ?? node.members ?? []).map((member, i) => ({
    k: "value" as const,
    key: member.id.type === "Identifier" ? member.id.name : member.id.value,
    e: member.initializer ? lowerExpression(ctx, member.initializer) : literal(i, at),
  }));
  ctx.define(ctx.declare(node.id.name, "block"), { k: "object", members, at });
}
