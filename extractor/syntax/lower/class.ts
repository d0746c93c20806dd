import type * as t from "@babel/types";
import type { ClassExpr } from "../../ir/expression.ts";
import { type ClassDef, type ClassMember, type Func, newFunction } from "../../ir/unit.ts";
import type { Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { lowerFunction } from "./function.ts";
import { literal } from "./literals.ts";
import { nameAfter, staticKey } from "./names.ts";
import { lowerBody } from "./statement.ts";

export function lowerClass(ctx: Context, node: t.ClassDeclaration | t.ClassExpression): ClassExpr {
  const c: ClassDef = {
    name: ctx.texts.own(node.id?.name ?? ""),
    parent: node.superClass ? lowerExpression(ctx, node.superClass) : null,
    constructorFunction: null,
    initialiser: null,
    staticInitialiser: null,
    methods: new Map(),
    statics: new Map(),
    setters: new Map(),
    variable: null,
    unit: ctx.unit,
    at: ctx.at(node),
  };
  ctx.unit.classes.push(c);
  const expr: ClassExpr = { kind: "class", classDef: c, at: c.at };
  ctx.enterBlock();
  if (node.id) ctx.define(ctx.declare(node.id.name, "own"), expr);
  // fields are set when the object is made: one function of the class stands for that moment
  const initialiser = newFunction(ctx.unit, c.at, { outer: ctx.func, owner: c });
  c.initialiser = initialiser;
  for (const member of node.body.body) lowerMember(ctx, c, initialiser, member);
  ctx.leaveBlock();
  return expr;
}

function lowerMember(ctx: Context, c: ClassDef, initialiser: Func, member: t.ClassBody["body"][number]): void {
  switch (member.type) {
    case "ClassMethod":
    case "ClassPrivateMethod": {
      const key = staticKey(ctx, member);
      const f = lowerFunction(ctx, member, key ?? "", c);
      if (member.kind === "constructor") c.constructorFunction = f;
      else if (key !== null && member.kind === "set") c.setters.set(key, f);
      else if (key !== null) {
        const entry: ClassMember = { kind: member.kind === "get" ? "getter" : "method", func: f };
        (member.static ? c.statics : c.methods).set(key, entry);
      } else lowerExpression(ctx, member.key as t.Expression);
      return;
    }
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ClassAccessorProperty": {
      const key = staticKey(ctx, member);
      const { value } = member;
      const around = ctx.enterFunction(initialiser);
      const e = value ? lowerExpression(ctx, value) : literal(undefined, ctx.at(member));
      ctx.leaveFunction(around);
      if (key === null) return;
      nameAfter(ctx, e, key);
      if (e.kind === "function" && e.func.owner === null) e.func.owner = c;
      (member.static ? c.statics : c.methods).set(key, { kind: "field", expression: e });
      return;
    }
    case "StaticBlock": {
      c.staticInitialiser ??= newFunction(ctx.unit, ctx.at(member), { outer: ctx.func, owner: c, static: true });
      const around = ctx.enterFunction(c.staticInitialiser);
      lowerBody(ctx, member.body);
      ctx.leaveFunction(around);
      return;
    }
    default:
  }
}
