import type * as t from "@babel/types";
import type { ArrayExpr, Call, Expr, ObjectExpr, ObjectMember } from "../../ir/expression.ts";
import { added, type Func, none } from "../../ir/unit.ts";
import type { CallUse, Context } from "../context.ts";
import { calledCoroutine, coroutineFunction, coroutineOf, lowerCoroutine } from "./coroutine.ts";
import { lowerCodeText, lowerDataModule } from "./eval.ts";
import { lowerExpression } from "./expression.ts";
import { unknown } from "./literals.ts";
import { thisFunction } from "./member.ts";
import { nameAfter } from "./names.ts";

/** Methods that change the object they are called on in a way values depend on. */
const MUTATORS = new Set(["push", "unshift", "set", "append", "add", "delete", "use"]);
/** Those of a list. */
const ADDERS = new Set(["push", "unshift"]);

export function lowerCall(
  ctx: Context,
  node: t.CallExpression | t.OptionalCallExpression | t.NewExpression,
  use: CallUse,
): Expr {
  const at = ctx.at(node);
  const { callee } = node;
  const args = node.arguments;
  if (callee.type === "Import" || (callee.type === "Identifier" && callee.name === "require" && args.length === 1)) {
    const specifier = args[0];
    // a local function called `require` is told apart when the name is bound, see link
    if (specifier?.type === "StringLiteral" || callee.type === "Import") {
      return lowerImportCall(ctx, specifier, at);
    }
  }
  const inText = lowerCodeText(ctx, node);
  if (inText !== null) return inText;
  const body = coroutineOf(node);
  if (body !== null) return lowerCoroutine(ctx, { body, given: args[1] }, use, at);
  const called = calledCoroutine(node);
  if (called !== null) return lowerCoroutine(ctx, called, use, at);
  const made = coroutineFunction(node);
  if (made !== null) return lowerExpression(ctx, { ...made, generator: false, async: true }, use);
  const f = callee.type === "Super" ? unknown(at, "super") : lowerExpression(ctx, callee);
  const a = (callee.type === "Super" ? handedOn(ctx, args) : null) ?? lowerArguments(ctx, args);
  const call = ctx.call({ callee: f, arguments: a, construct: node.type === "NewExpression" }, use, at);
  for (let index = 0; index < a.length; index++) {
    const argument = a[index]!;
    if (argument.kind === "function") argument.func.passedTo = added(argument.func.passedTo, { call, index });
    else if (argument.kind === "ref") ctx.pass(argument, { call, index });
  }
  noteMutation(ctx, call);
  noteDefinitions(ctx, call);
  return call;
}

function lowerArguments(ctx: Context, args: t.Node[]): Expr[] {
  return args.length === 0 ? none() : args.map((each) => ownArguments(ctx, each) ?? lowerExpression(ctx, each));
}

/** `f.apply(this, arguments)`: whatever the function around it is given. */
function ownArguments(ctx: Context, node: t.Node): Expr | null {
  const f = node.type === "Identifier" && node.name === "arguments" ? thisFunction(ctx) : null;
  return f === null ? null : { kind: "param", func: f, index: 0, rest: true };
}

/** `import(e)` and `require("…")`. */
export function lowerImportCall(ctx: Context, specifier: t.Node | undefined, at: number): Expr {
  if (specifier?.type === "StringLiteral") {
    ctx.unit.loads.push(ctx.texts.own(specifier.value));
    lowerDataModule(ctx, specifier.value, ctx.at(specifier) + 1);
  }
  return { kind: "module", specifier: specifier ? lowerExpression(ctx, specifier) : unknown(at), unit: ctx.unit, at };
}

/** `super(...arguments)`: what is written for the constructor of a class with fields that has none of its own. */
function handedOn(ctx: Context, [all, ...others]: t.Node[]): Expr[] | null {
  const f = thisFunction(ctx);
  if (f === null || others.length > 0 || all?.type !== "SpreadElement") return null;
  if (all.argument.type !== "Identifier" || all.argument.name !== "arguments") return null;
  return [{ kind: "spread", argument: { kind: "param", func: f, index: 0, rest: true } }];
}

/**
 * `v.a.push(x)` may change what `v` holds: remembered with `v`. `this.a.push(x)` is one more thing that `this.a` may
 * be.
 */
function noteMutation(ctx: Context, call: Call): void {
  if (call.callee.kind !== "member" || !MUTATORS.has(call.callee.property)) return;
  const path: string[] = [];
  let root = call.callee.object;
  while (root.kind === "member") {
    path.unshift(root.property);
    root = root.object;
  }
  if (root.kind === "ref") ctx.mutate(root, path, call.callee.property, call);
  else if (root.kind === "this" && path.length === 1 && ADDERS.has(call.callee.property)) {
    const f = thisFunction(ctx);
    const e: Expr = { kind: "array", items: call.arguments, at: call.at };
    if (f) f.thisWrites = added(f.thisWrites, { path, key: null, expression: e, guard: ctx.guard, within: ctx.func });
  }
}

/**
 * Calls that give members to their first argument:
 * `Object.assign(v, {a: e})`, `Object.defineProperty(v, "a", {get: () => e})`, and what every bundler writes for
 * exports, `helper(v, {a: () => e, b: () => f})`, and rspack with values beside the getters. swc writes
 * `{get a() { return e; }}`.
 */
function noteDefinitions(ctx: Context, call: Call): void {
  notePrivateField(ctx, call);
  const [target, second, third] = call.arguments;
  if (target?.kind !== "ref" && !(target?.kind === "member" && target.object.kind === "ref")) return;
  const ref = target.kind === "ref" ? target : (target.object as Extract<Expr, { kind: "ref" }>);
  const prefix = target.kind === "member" ? [target.property] : [];
  const method = call.callee.kind === "member" ? call.callee.property : "";
  if (method === "defineProperty" && second?.kind === "literal" && typeof second.value === "string") {
    const value = third?.kind === "object" ? descriptorValue(third, call) : null;
    if (value) ctx.write(ref, [...prefix, second.value], null, value);
  } else if (method === "assign") {
    for (const source of call.arguments.slice(1)) {
      if (source.kind !== "object") {
        ctx.mutate(ref, prefix, method, call);
        continue;
      }
      for (const m of source.members) if (m.kind === "value") ctx.write(ref, [...prefix, m.key], null, m.value);
    }
  } else if (second?.kind === "array") {
    for (const { key, value } of flatExports(second, call)) {
      nameAfter(value, key);
      ctx.write(ref, [...prefix, key], null, value);
    }
  } else if (second?.kind === "object" && (second.members.length > 0 || third?.kind === "object")) {
    // `require.d(exports, {a: () => e}, {b: value})`
    if (third?.kind === "object" && call.arguments.length === 3 && method.length === 1)
      for (const m of third.members) if (m.kind === "value") ctx.write(ref, [...prefix, m.key], null, m.value);
    const exported = second.members.map(exporter);
    if (!exported.every((f) => f !== null && f.params === 0 && f.returns.length === 1 && f.variables.length === 0))
      return;
    second.members.forEach((m, i) => {
      const { expression: e } = exported[i]!.returns[0]!;
      if ("key" in m && typeof m.key === "string" && (e.kind === "ref" || e.kind === "member"))
        ctx.write(ref, [...prefix, m.key], null, e);
    });
  }
}

/** `a: () => e` or `get a() { return e; }` */
function exporter(m: ObjectMember): Func | null {
  if (m.kind === "getter") return m.func;
  return m.kind === "value" && m.value.kind === "function" && m.value.func.arrow ? m.value.func : null;
}

/**
 * `helper(exports, ["a", 0, e, "b", () => f])`: names followed by a mark and a value, or by a getter; nothing for other
 * lists.
 */
function flatExports({ items }: ArrayExpr, call: Call): { key: string; value: Expr }[] {
  const exported: { key: string; value: Expr }[] = [];
  for (let i = 0; i < items.length; ) {
    const [name, next, value] = items.slice(i, i + 3);
    if (name?.kind !== "literal" || typeof name.value !== "string") return [];
    if (next?.kind === "literal" && next.value === 0 && value !== undefined) {
      exported.push({ key: name.value, value });
      i += 3;
    } else if (next?.kind === "function" && next.func.params === 0 && next.func.returns.length === 1) {
      const { expression: e } = next.func.returns[0]!;
      exported.push({ key: name.value, value: e.kind === "ref" || e.kind === "member" ? e : callOf(call, next) });
      i += 2;
    } else return [];
  }
  return exported;
}

/**
 * `static #a = e`, as TypeScript writes it for older runtimes: `helper(C, C, e, "f", _C_a)` where `_C_a` is
 * `{value: …}`.
 */
function notePrivateField(ctx: Context, { arguments: a }: Call): void {
  const [, , value, kind, holder] = a;
  if (a.length === 5 && kind?.kind === "literal" && kind.value === "f" && holder?.kind === "ref")
    ctx.write(holder, ["value"], null, value!);
}

const callOf = (call: Call, f: Expr): Call => ({ ...call, callee: f, arguments: [] });

function descriptorValue(descriptor: ObjectExpr, call: Call): Expr | null {
  for (const m of descriptor.members) {
    if (m.kind === "value" && m.key === "value") return m.value;
    const getter = m.kind === "getter" ? null : m.kind === "value" && m.key === "get" ? m.value : null;
    if (getter) return callOf(call, getter);
  }
  return null;
}
