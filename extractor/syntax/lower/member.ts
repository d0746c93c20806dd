import type * as t from "@babel/types";
import type { Expr, Param } from "../../ir/expression.ts";
import type { Context } from "../context.ts";
import { lowerExpression } from "./expression.ts";
import { memberKey } from "./names.ts";
import { sentAt } from "./state-machine.ts";

/**
 * Names of environment variables: words with an underscore, or capitals alone. `env.x` itself counts whatever the
 * name.
 */
const VARIABLE_NAME = /^[A-Za-z]\w*_\w*$|^[A-Z][A-Z0-9]+$/;

export function mayRead(o: Expr, p: string | null): boolean {
  if (o.kind === "member") return p === null || o.property === "env";
  return o.kind === "ref" && (p === null || VARIABLE_NAME.test(p));
}

export function lowerMember(ctx: Context, node: t.MemberExpression | t.OptionalMemberExpression): Expr {
  const sent = ctx.machine === null ? null : sentAt(ctx.machine, node);
  if (sent !== null) return ctx.scope.use(sent);
  const at = ctx.at(node.property);
  const p = memberKey(ctx, node);
  const given = lowerArgumentAt(ctx, node.object, p);
  if (given !== null) return given;
  const o = lowerExpression(ctx, node.object);
  const e: Expr =
    p === null
      ? { kind: "index", object: o, index: lowerExpression(ctx, node.property), at }
      : { kind: "member", object: o, property: p, at, ...(p === "argv" && { unit: ctx.unit }) };
  if (p === "__esModule" && ctx.func) ctx.func.interop = true;
  if (mayRead(o, p)) ctx.read(e);
  return e;
}

/** The nearest function around that binds `this`. */
export function thisFunction(ctx: Context) {
  let f = ctx.func;
  while (f?.arrow) f = f.outer;
  return f;
}

/** `arguments`: whatever the function around it is given. */
export function lowerArgumentsObject(ctx: Context): Param | null {
  const f = thisFunction(ctx);
  if (!f) return null;
  f.params = Math.max(f.params, 1);
  return { kind: "param", func: f, index: 0, rest: true };
}

/** `arguments[0]`. One whose place is computed may be any: loops over them tell nothing. */
function lowerArgumentAt(ctx: Context, object: t.Node, key: string | null): Param | null {
  if (object.type !== "Identifier" || object.name !== "arguments" || key === null || !/^\d+$/.test(key)) return null;
  const all = lowerArgumentsObject(ctx);
  return all === null ? null : { ...all, index: Number(key), rest: false };
}

export function lowerThis(ctx: Context, node: t.ThisExpression | t.Super): Expr {
  const f = thisFunction(ctx);
  if (f) f.usesThis = true;
  return { kind: "this", func: f, isSuper: node.type === "Super" };
}
