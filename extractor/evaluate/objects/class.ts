import { canonical, type Program } from "../../ir/program.ts";
import { superCallOf } from "../../ir/super-call.ts";
import type { ClassDef, ClassMember, Func, Write } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";
import {
  type Argument,
  type ClassValue,
  type FunctionValue,
  hole,
  type InstanceValue,
  join,
  type PropertyWrites,
  UNDEFINED,
  type Value,
  type Values,
} from "../domain/value.ts";
import { callDepth, type Env, newEnv, rememberedEnv } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { clientArguments, isClient } from "../libraries/split-library.ts";
import { argumentsOf, callFunction } from "../transfer/call.ts";
import { definedValue, definingCalls } from "./defined-fields.ts";
import { memberOf } from "./member.ts";
import { writtenProperty } from "./property-writes.ts";
import { parentsOf } from "./superclass.ts";
import { addThisWrites, isDeep, withAllWrites } from "./this-writes.ts";

const PARENTS = 8;
/** In place of the index of a parameter: what the method was called on. */
const RECEIVER = -1;

/** A static member, the parent's included. */
export function classMember(ev: Evaluator, v: ClassValue, key: string, depth = 0): Values {
  if (key === "prototype") return [{ kind: "instance", of: v, args: null, writers: [] }];
  const own = v.classDef.statics.get(key);
  if (own) return memberValues(ev, own, v.env, v, v.classDef.initialiser);
  const writes = writesOf(v.classDef).get(key);
  if (writes?.some((w) => w.func.static))
    return join(...writes.map((w) => ev.evaluate(w.write.expression, methodEnv(w.func, v.env, [v], null))));
  for (const holder of ev.program.holders.get(v.classDef) ?? []) {
    const later = writtenProperty(ev, [{ variable: holder, env: v.env, at: [] }], key).values;
    if (later.length > 0) return later;
  }
  if (v.classDef.parent === null || depth > PARENTS) return [UNDEFINED];
  return join(
    ...parentsOf(ev, v.classDef.parent, v.env).map((p) =>
      p.kind === "class" ? classMember(ev, p, key, depth + 1) : [],
    ),
  );
}

/** A member of an instance: fields and what methods write to `this`, methods and getters, then the parent's. */
export function instanceMember(ev: Evaluator, self: InstanceValue, key: string): Values {
  if (self.asSuper !== undefined) return superMember(ev, self.asSuper.self, self.asSuper.classDef, key);
  const values = lookUp(ev, self, self.of, self.args, key, 0);
  const { assumed, of } = self;
  if (!assumed || of.kind !== "class" || !definedBelow(ev, of.classDef, key)) return values;
  const callers: Value = hole("param", key, { func: assumed, index: RECEIVER });
  const own = values.filter((v) => !(v.kind === "scalar" && v.value === undefined));
  // which of the methods that take arguments is meant matters little: they are called with the same ones
  return own.some((v) => v.kind === "function" && v.func.params > 0) ? values : join(own, [callers]);
}

/** `super.key` of a method of `c`. */
function superMember(ev: Evaluator, self: InstanceValue, c: ClassDef, key: string): Values {
  let of: ClassValue | FunctionValue = self.of;
  let { args } = self;
  for (let depth = 0; of.kind === "class" && depth < PARENTS; depth++) {
    const at: ClassValue = of;
    if (at.classDef === c) return lookUpSuper(ev, self, at, args, key, depth);
    const parent: Value | undefined =
      at.classDef.parent === null ? undefined : parentsOf(ev, at.classDef.parent, at.env)[0];
    if (parent?.kind !== "class") break;
    args = superArguments(at.classDef, at.env, self, args);
    of = parent;
  }
  return [hole("unknown", key)];
}

function lookUp(
  ev: Evaluator,
  self: InstanceValue,
  of: ClassValue | FunctionValue,
  args: readonly Argument[] | null,
  key: string,
  depth: number,
): Values {
  if (key === "constructor") return [self.of];
  if (of.kind === "function") return oldStyleMember(ev, self, of, args, key);
  const { classDef: c, env } = of;
  let values: Values = [];
  const below: PropertyWrites[] = [];
  for (const { func: f, write } of writesOf(c).get(key) ?? []) {
    if (f.static) continue;
    const inside = methodEnv(f, env, [self], f === c.constructorFunction ? args : null);
    if (isDeep(write)) addThisWrites(below, f, inside, key);
    else if (ev.isReachable(write.guard, inside)) values = join(values, ev.evaluate(write.expression, inside));
  }
  values = withAllWrites(ev, values, below);
  for (const d of definingCalls(c)) {
    const inside = methodEnv(d.func, env, [self], d.func === c.constructorFunction ? args : null);
    values = join(values, definedValue(ev, d, key, inside));
  }
  const member = c.methods.get(key);
  if (member) return join(values, memberValues(ev, member, env, self, c.initialiser));
  if (c.variable !== null && !c.methods.has(key)) {
    const prototype: PropertyWrites = { variable: canonical(c.variable), env, at: ["prototype"] };
    values = join(values, writtenProperty(ev, [prototype], key).values);
  }
  return values.length > 0 ? values : lookUpSuper(ev, self, of, args, key, depth);
}

function lookUpSuper(
  ev: Evaluator,
  self: InstanceValue,
  { classDef: c, env }: ClassValue,
  args: readonly Argument[] | null,
  key: string,
  depth: number,
): Values {
  if (c.parent === null || depth > PARENTS) return [UNDEFINED];
  const parents = parentsOf(ev, c.parent, env);
  const above = parents.map((p): Values => {
    if (p.kind === "class" || p.kind === "function")
      return lookUp(ev, self, p, superArguments(c, env, self, args), key, depth + 1);
    if (p.kind !== "native") return p.kind === "text" ? [hole("unknown", key)] : [];
    if (!isClient(ev, p)) return [hole("unknown", key)];
    return memberOf(ev, [{ ...p, args: clientArguments(ev, superArguments(c, env, self, args), self) }], key);
  });
  return join(...above);
}

function memberValues(ev: Evaluator, m: ClassMember, env: Env | null, self: Value, initialiser: Func | null): Values {
  switch (m.kind) {
    case "method":
      return [{ kind: "function", func: m.func, env, self: [self], bound: [], writers: [] }];
    case "getter":
      return callFunction(
        ev,
        { kind: "function", func: m.func, env, self: [self], bound: [], writers: [] },
        [],
        [self],
        0,
      );
    case "field":
      return ev.evaluate(m.expression, initialiser ? methodEnv(initialiser, env, [self], []) : env);
  }
}

/** Functions used as classes: `this.x = …` inside, methods on the prototype. */
function oldStyleMember(
  ev: Evaluator,
  self: InstanceValue,
  of: FunctionValue,
  args: readonly Argument[] | null,
  key: string,
): Values {
  let values: Values = [];
  const below: PropertyWrites[] = [];
  for (const write of of.func.thisWrites) {
    if (write.path[0] !== key) continue;
    const inside = methodEnv(of.func, of.env, [self], args);
    if (isDeep(write)) addThisWrites(below, of.func, inside, key);
    else if (ev.isReachable(write.guard, inside)) values = join(values, ev.evaluate(write.expression, inside));
  }
  values = withAllWrites(ev, values, below);
  const prototypes = of.writers.map((o): PropertyWrites => ({ ...o, at: [...o.at, "prototype"] }));
  const whole = writtenProperty(ev, of.writers, "prototype").values.filter((v) => v.kind === "object");
  const methods = join(
    writtenProperty(ev, prototypes, key).values,
    ...whole.map((v) => (v.kind === "object" ? writtenProperty(ev, v.writers, key).values : [])),
  );
  const bound = methods.map((m): Value => (m.kind === "function" && m.self === null ? { ...m, self: [self] } : m));
  const found = join(values, bound);
  return found.length > 0 ? found : [UNDEFINED];
}

const methodEnv = (f: Func, outer: Env | null, self: Values, args: readonly Argument[] | null): Env =>
  rememberedEnv(self[0]!, newEnv(f, outer, { args, self }, callDepth(outer)));

/** What the constructor hands to `super(…)`. */
function superArguments(
  c: ClassDef,
  env: Env | null,
  self: InstanceValue,
  args: readonly Argument[] | null,
): readonly Argument[] | null {
  const { call, handsOn } = superCallOf(c);
  if (handsOn || c.constructorFunction === null) return args;
  if (call === null) return [];
  const inside = methodEnv(c.constructorFunction, env, [self], args);
  let given = forwardedArguments.get(inside);
  if (given === undefined) {
    given = argumentsOf(call, inside);
    forwardedArguments.set(inside, given);
  }
  return given;
}

/** The same list each time: what the parent's constructor does with it is remembered. */
const forwardedArguments = new WeakMap<Env, readonly Argument[]>();

const below = new WeakMap<ClassDef, Map<string, boolean>>();
const subclasses = new WeakMap<Program, Map<string, ClassDef[]>>();

/** Does a class that extends this one have a member of that name? */
function definedBelow(ev: Evaluator, c: ClassDef, key: string): boolean {
  let known = below.get(c);
  if (known === undefined) {
    known = new Map();
    below.set(c, known);
  }
  let answer = known.get(key);
  if (answer === undefined) {
    known.set(key, false);
    answer = (subclassesWith(ev.program).get(key) ?? []).some((d) => d !== c && extendsClass(ev, d, c, 0));
    known.set(key, answer);
  }
  return answer;
}

function extendsClass(ev: Evaluator, d: ClassDef, c: ClassDef, depth: number): boolean {
  if (d.parent === null || depth > PARENTS) return false;
  return parentsOf(ev, d.parent, null).some(
    (v) => v.kind === "class" && (v.classDef === c || extendsClass(ev, v.classDef, c, depth + 1)),
  );
}

/** Classes that extend something, by the members they define. */
function subclassesWith(program: Program): Map<string, ClassDef[]> {
  let index = subclasses.get(program);
  if (index === undefined) {
    index = new Map();
    for (const d of program.classes) {
      if (d.parent === null) continue;
      for (const key of new Set([...d.methods.keys(), ...writesOf(d).keys()])) {
        const list = index.get(key);
        if (list === undefined) index.set(key, [d]);
        else list.push(d);
      }
    }
    subclasses.set(program, index);
  }
  return index;
}

interface MethodWrite {
  func: Func;
  write: Write;
}

const writes = new WeakMap<ClassDef, Map<string, MethodWrite[]>>();

/** What the methods of a class write to `this`, by member. */
function writesOf(c: ClassDef): Map<string, MethodWrite[]> {
  let map = writes.get(c);
  if (map === undefined) {
    const written = functionsOf(c).flatMap((f) => f.thisWrites.map((write) => ({ func: f, write })));
    map = grouped(written, ({ write }) => write.path[0]!);
    writes.set(c, map);
  }
  return map;
}

function functionsOf(c: ClassDef): Func[] {
  const members = [...c.methods.values(), ...c.statics.values()];
  const methods = members.flatMap((m) => (m.kind === "field" ? [] : [m.func]));
  return [c.constructorFunction, c.initialiser, ...methods].filter((f): f is Func => f !== null);
}
