import type * as t from "@babel/types";
import type { ArrayExpr, Call, Expr, ObjectExpr, ObjectMember } from "../../ir/expression.ts";
import { added, type Func, none } from "../../ir/unit.ts";
import type { CallUse, Context } from "../context.ts";
import { calledCoroutine, coroutineFunction, coroutineOf, lowerCoroutine, lowerStateMachine } from "./coroutine.ts";
import { lowerCodeText, lowerDataModule } from "./eval.ts";
import { lowerExpression } from "./expression.ts";
import { unknown } from "./literals.ts";
import { lowerArgumentsObject, thisFunction } from "./member.ts";
import { nameAfter } from "./names.ts";
import { sentAt, stateMachineOf } from "./state-machine.ts";

/** Methods that change the object they are called on in a way values depend on. */
const MUTATORS = new Set(["push", "unshift", "set", "append", "add", "delete", "use"]);
/** Those of a list or set. */
const ADDERS = new Set(["push", "unshift", "add"]);

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
  const reflected = reflectedNew(node);
  if (reflected !== null) return lowerCall(ctx, reflected, use);
  const inText = lowerCodeText(ctx, node);
  if (inText !== null) return inText;
  const body = coroutineOf(node);
  if (body !== null) return lowerCoroutine(ctx, { body, given: args[1] }, use, at);
  const called = calledCoroutine(node);
  if (called !== null) return lowerCoroutine(ctx, called, use, at);
  const made = coroutineFunction(node);
  if (made !== null) return lowerExpression(ctx, { ...made, generator: false, async: true }, use);
  const machine = stateMachineOf(node);
  if (machine !== null) return lowerStateMachine(ctx, machine, use, at);
  const sent = ctx.machine !== null && node.type === "CallExpression" ? sentAt(ctx.machine, node) : null;
  if (sent !== null) return ctx.scope.use(sent);
  const f = callee.type === "Super" ? unknown(at, "super") : lowerExpression(ctx, callee);
  const a = (callee.type === "Super" ? handedOn(ctx, args) : null) ?? lowerArguments(ctx, args);
  if (isGivenMembers(f, a)) a[0] = named(ctx, a[0]!);
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

/** `Reflect.construct(C, [a])` as what it does: `new C(a)`. */
function reflectedNew(node: t.Node): t.NewExpression | null {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return null;
  const { object, property } = node.callee;
  if (object.type !== "Identifier" || object.name !== "Reflect") return null;
  if (property.type !== "Identifier" || property.name !== "construct") return null;
  const [made, list] = node.arguments;
  if (made === undefined || list === undefined || made.type === "SpreadElement" || list.type === "SpreadElement")
    return null;
  const { start, end, loc } = node;
  const given = { type: "SpreadElement", argument: list } as t.SpreadElement;
  return { type: "NewExpression", callee: made, arguments: [given], start, end, loc } as t.NewExpression;
}

function lowerArguments(ctx: Context, args: t.Node[]): Expr[] {
  return args.length === 0 ? none() : args.map((each) => lowerArgument(ctx, each));
}

/** `f.apply(this, arguments)` hands on whatever the function around it is given. */
const lowerArgument = (ctx: Context, node: t.Node): Expr =>
  (node.type === "Identifier" && node.name === "arguments" ? lowerArgumentsObject(ctx) : null) ??
  lowerExpression(ctx, node);

/** `import(e)` and `require("…")`. */
export function lowerImportCall(ctx: Context, specifier: t.Node | undefined, at: number): Expr {
  if (specifier?.type === "StringLiteral") {
    ctx.unit.loads.push(ctx.texts.own(specifier.value));
    lowerDataModule(ctx, specifier.value, ctx.at(specifier) + 1);
  }
  return { kind: "module", specifier: specifier ? lowerExpression(ctx, specifier) : unknown(at), unit: ctx.unit, at };
}

/** `Object.assign(() => {…}, {base: "…"})`, `Object.assign(new Client(), {…})` */
const isGivenMembers = (callee: Expr, [target, ...sources]: readonly Expr[]): boolean =>
  callee.kind === "member" &&
  callee.property === "assign" &&
  (target?.kind === "function" || target?.kind === "class" || (target?.kind === "call" && target.construct)) &&
  sources.some((source) => source.kind === "object" && source.members.length > 0);

/** Under a name of its own, since what is written to members is kept with a variable. */
function named(ctx: Context, e: Expr): Expr {
  ctx.enterBlock();
  const ref = ctx.declare("", "block");
  ctx.define(ref, e);
  ctx.leaveBlock();
  return ref;
}

/** `super(...arguments)`: what is written for the constructor of a class with fields that has none of its own. */
function handedOn(ctx: Context, [all, ...others]: t.Node[]): Expr[] | null {
  if (others.length > 0 || all?.type !== "SpreadElement") return null;
  if (all.argument.type !== "Identifier" || all.argument.name !== "arguments") return null;
  const given = lowerArgumentsObject(ctx);
  return given === null ? null : [{ kind: "spread", argument: given }];
}

/** What a method adds, as a collection of its own: a list, or a map with one entry. */
function addedBy(ctx: Context, call: Call, method: string): Expr | null {
  const { arguments: items, at } = call;
  if (ADDERS.has(method)) return { kind: "array", items, at };
  if (method !== "set" || items.length !== 2 || items.some(({ kind }) => kind === "spread")) return null;
  const entries: Expr = { kind: "array", items: [{ kind: "array", items, at }], at };
  return { ...call, callee: ctx.scope.use("Map"), arguments: [entries], construct: true };
}

/**
 * `v.a.push(x)` may change what `v` holds: remembered with `v`. `this.a.push(x)` and `this.a.set(k, x)` are one more
 * thing that `this.a` may be, and `v.a[k].push(x)` is one more thing that `v.a[k]` may be.
 */
function noteMutation(ctx: Context, call: Call): void {
  if (call.callee.kind !== "member" || !MUTATORS.has(call.callee.property)) return;
  const { root, path, key } = mutated(call.callee.object);
  if (root.kind === "ref" && key === null) {
    ctx.mutate(root, path, call.callee.property, call);
    return;
  }
  const e = addedBy(ctx, call, call.callee.property);
  const isDeep = key !== null ? path.length > 0 : path.length === 1;
  const f = root.kind === "this" && isDeep ? thisFunction(ctx) : null;
  if (e === null) return;
  if (root.kind === "ref") ctx.write(root, path, key, e);
  else if (f) f.thisWrites = added(f.thisWrites, { path, key, expression: e, guard: ctx.guard, within: ctx.func });
}

/** `(v.a[k] ??= [])`: the variable, the members on the way, and a computed key at its end. */
function mutated(object: Expr): { root: Expr; path: string[]; key: Expr | null } {
  const path: string[] = [];
  let root = object.kind === "choice" ? object.left : object;
  const key = root.kind === "index" ? root.index : null;
  if (root.kind === "index") root = root.object;
  while (root.kind === "member") {
    path.unshift(root.property);
    root = root.object;
  }
  return { root, path, key };
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
  } else if (method === "defineProperties" && second?.kind === "object") {
    for (const m of second.members) {
      const value = m.kind === "value" && m.value.kind === "object" ? descriptorValue(m.value, call) : null;
      if (m.kind === "value" && value) ctx.write(ref, [...prefix, m.key], null, value);
    }
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
      nameAfter(ctx, value, key);
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
