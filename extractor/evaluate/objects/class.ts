import { push } from "../../ir/multimap.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { superCallOf } from "../../ir/super-call.ts";
import { type ClassDef, type ClassMember, classOf } from "../../ir/unit.ts";
import {
  type Argument,
  type ClassValue,
  type FunctionValue,
  hole,
  type InstanceValue,
  join,
  joinAll,
  onlyHole,
  type PropertyWrites,
  UNDEFINED,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { clientOf } from "../libraries/split-library.ts";
import { invocationOf } from "../natives/invocation.ts";
import { callFunction } from "../transfer/call.ts";
import { computedWritesOf, methodEnv, setterArguments, writesOf, writtenNames } from "./class-writes.ts";
import { definedValue, definingCalls } from "./defined-fields.ts";
import { memberOf } from "./member.ts";
import { computedWrite, writtenProperty } from "./property-writes.ts";
import { RECEIVER } from "./receiver.ts";
import { parentsOf } from "./superclass.ts";
import { addThisWrites, isDeep, withAllWrites } from "./this-writes.ts";
import { VisitedClasses } from "./visited-classes.ts";

/** A static member, the parent's included. */
export const classMember = (ev: Evaluator, v: ClassValue, key: string): Values =>
  staticMember(ev, v, { key, depth: 0, visited: new VisitedClasses() });

function staticMember(
  ev: Evaluator,
  v: ClassValue,
  { key, depth, visited }: { key: string; depth: number; visited: VisitedClasses },
): Values {
  if (!visited.isNew(ev, v.classDef, v.env)) return [];
  if (key === "prototype") return [{ kind: "instance", of: v, args: null, writers: [] }];
  const own = v.classDef.statics.get(key);
  const writes = (writesOf(ev.program, v.classDef).get(key) ?? []).filter(({ func: f }) => f.static);
  const written = join(
    ...writes.map((w) => ev.evaluate(w.write.expression, methodEnv(ev, w.func, v.env, { self: [v], args: null }))),
  );
  if (own) return join(written, memberValues(ev, own, v, v));
  if (written.length > 0) return written;
  const defined = definingCalls(ev, v.classDef).filter(({ func: f }) => f.static);
  const given = join(
    ...defined.map((d) => definedValue(ev, d, key, methodEnv(ev, d.func, v.env, { self: [v], args: null }))),
  );
  if (given.length > 0) return given;
  for (const holder of ev.program.holders.get(v.classDef) ?? []) {
    const later = writtenProperty(ev, [{ variable: holder, env: v.env, at: [] }], key).values;
    if (later.length > 0) return later;
  }
  if (v.classDef.parent === null || depth > BOUNDS.parents) return [UNDEFINED];
  return join(
    ...parentsOf(ev, v.classDef.parent, v.env).map((p) =>
      p.kind === "class" ? staticMember(ev, p, { key, depth: depth + 1, visited }) : [],
    ),
  );
}

/** A member of an instance: fields and what methods write to `this`, methods and getters, then the parent's. */
export function instanceMember(ev: Evaluator, self: InstanceValue, key: string): Values {
  if (self.asSuper !== undefined) return superMember(ev, self.asSuper.self, self.asSuper.classDef, key);
  const values = lookUp(ev, wanted(self, key), { of: self.of, args: self.args, depth: 0 });
  const { assumed, of } = self;
  if (!assumed || of.kind !== "class" || !definedBelow(ev, of.classDef, key)) return values;
  const callers: Value = hole("param", key, { func: assumed, index: RECEIVER });
  const own = values.filter((v) => !(v.kind === "scalar" && v.value === undefined));
  // which of the methods that take arguments is meant matters little: they are called with the same ones
  return own.some((v) => v.kind === "function" && v.func.params > 0) ? values : join(own, [callers]);
}

/** `super.key` of a method of `c`. */
function superMember(ev: Evaluator, self: InstanceValue, c: ClassDef, key: string): Values {
  for (const level of levelsOf(ev, self)) if (level.of.classDef === c) return lookUpSuper(ev, wanted(self, key), level);
  return [hole("unknown", key)];
}

/** The class of an instance, then those above it. */
export function* levelsOf(ev: Evaluator, self: InstanceValue): Generator<Level<ClassValue>> {
  let { of, args } = self;
  for (let depth = 0; of.kind === "class" && depth < BOUNDS.parents; depth++) {
    const at: ClassValue = of;
    yield { of: at, args, depth };
    const parent: Value | undefined =
      at.classDef.parent === null ? undefined : parentsOf(ev, at.classDef.parent, at.env)[0];
    if (parent?.kind !== "class") return;
    args = superArguments(ev, at, self, args);
    of = parent;
  }
}

/** A member that is looked for on an instance. */
interface Wanted {
  self: InstanceValue;
  key: string;
  visited: VisitedClasses;
}

const wanted = (self: InstanceValue, key: string): Wanted => ({ self, key, visited: new VisitedClasses() });

/** Where it is looked for: the instance's own class, or one above it, with what that one's constructor is given. */
interface Level<T = ClassValue | FunctionValue> {
  of: T;
  args: readonly Argument[] | null;
  /** Classes between the two. */
  depth: number;
}

function lookUp(ev: Evaluator, member: Wanted, { of, args, depth }: Level): Values {
  const { self, key, visited } = member;
  if (key === "constructor") return [self.of];
  if (!visited.isNew(ev, of.kind === "class" ? of.classDef : of.func, of.env)) return [];
  if (of.kind === "function") {
    const old = classOf(of.func);
    if (old === null) return oldStyleMember(ev, member, of, args);
    return lookUp(ev, member, { of: { kind: "class", classDef: old, env: of.env, writers: [] }, args, depth });
  }
  const { classDef: c, env } = of;
  let values: Values = [];
  const below: PropertyWrites[] = [];
  for (const { func: f, write } of writesOf(ev.program, c).get(key) ?? []) {
    if (f.static) continue;
    const given = f === c.constructorFunction ? args : setterArguments(ev, of, self, f);
    const inside = methodEnv(ev, f, env, { self: [self], args: given });
    if (isDeep(write)) addThisWrites(ev, below, inside, key);
    else if (ev.isReachable(write.guard, inside)) values = join(values, ev.evaluate(write.expression, inside));
  }
  values = withAllWrites(ev, values, below);
  for (const d of definingCalls(ev, c)) {
    if (d.func.static) continue;
    const inside = methodEnv(ev, d.func, env, { self: [self], args: d.func === c.constructorFunction ? args : null });
    values = join(values, definedValue(ev, d, key, inside));
  }
  const own = c.methods.get(key);
  if (own) return join(values, withAllWrites(ev, memberValues(ev, own, of, self), below));
  if (c.variable !== null && !c.methods.has(key)) {
    const prototype: PropertyWrites = { variable: canonical(c.variable), env, at: ["prototype"] };
    values = join(values, writtenProperty(ev, [prototype], key).values);
  }
  if (values.length === 0) values = writtenUnderComputedName(ev, member, of, args);
  return values.length > 0 ? values : lookUpSuper(ev, member, { of, args, depth });
}

/** `this[k] = e` in what runs when an object is made. */
function writtenUnderComputedName(
  ev: Evaluator,
  { self, key }: Wanted,
  { classDef: c, env }: ClassValue,
  args: readonly Argument[] | null,
): Values {
  const writes = computedWritesOf(ev.program, c);
  return joinAll(
    writes.map(({ func: f, write }) =>
      computedWrite(ev, write, key, methodEnv(ev, f, env, { self: [self], args: f === c.initialiser ? null : args })),
    ),
  );
}

function lookUpSuper(ev: Evaluator, member: Wanted, { of, args, depth }: Level<ClassValue>): Values {
  const { self, key } = member;
  const { classDef: c, env } = of;
  if (c.parent === null || depth > BOUNDS.parents) return [UNDEFINED];
  const parents = parentsOf(ev, c.parent, env);
  const above = parents.map((p): Values => {
    if (p.kind === "class" || p.kind === "function")
      return lookUp(ev, member, { of: p, args: superArguments(ev, of, self, args), depth: depth + 1 });
    // `(Base) => class extends Base {…}`: who calls that knows
    if (p.kind !== "native") return p.kind === "text" ? [hole("unknown", key, onlyHole(p)?.origin)] : [];
    const client = clientOf(ev, p, superArguments(ev, of, self, args), self);
    return client === null ? [hole("unknown", key)] : memberOf(ev, [client], key);
  });
  return join(...above);
}

/** @param of the class that defines the member */
function memberValues(
  ev: Evaluator,
  m: ClassMember,
  { classDef: { initialiser }, env }: ClassValue,
  self: Value,
): Values {
  switch (m.kind) {
    case "method":
      return [{ kind: "function", func: m.func, env, self: [self], bound: [], writers: [] }];
    case "getter":
      return callFunction(
        ev,
        { kind: "function", func: m.func, env, self: [self], bound: [], writers: [] },
        { args: [], self: [self] },
        0,
      );
    case "field":
      return ev.evaluate(m.expression, initialiser ? methodEnv(ev, initialiser, env, { self: [self], args: [] }) : env);
  }
}

/** Functions used as classes: `this.x = …` inside, methods on the prototype. */
function oldStyleMember(
  ev: Evaluator,
  { self, key }: Wanted,
  of: FunctionValue,
  args: readonly Argument[] | null,
): Values {
  let values: Values = [];
  const below: PropertyWrites[] = [];
  for (const write of of.func.thisWrites) {
    if (write.path.length > 0 && write.path[0] !== key) continue;
    const inside = methodEnv(ev, of.func, of.env, { self: [self], args });
    if (write.path.length === 0) values = join(values, computedWrite(ev, write, key, inside));
    else if (isDeep(write)) addThisWrites(ev, below, inside, key);
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

/** What the constructor hands to `super(…)`. */
function superArguments(
  ev: Evaluator,
  { classDef: c, env }: ClassValue,
  self: InstanceValue,
  args: readonly Argument[] | null,
): readonly Argument[] | null {
  const { call, handsOn } = superCallOf(ev.program, c);
  if (handsOn || c.constructorFunction === null) return args;
  if (call === null) return [];
  const inside = methodEnv(ev, c.constructorFunction, env, { self: [self], args });
  // `Base.call(this, base)`
  return ev.program.cache.once(
    forwardedArguments,
    inside,
    () => invocationOf(call, inside)?.args ?? argumentsOf(call, inside),
  );
}

/** The same list each time: what the parent's constructor does with it is remembered. */
const forwardedArguments = new CacheKey<Env, readonly Argument[]>();

const below = new CacheKey<ClassDef, Map<string, boolean>>();
const subclasses = new CacheKey<Program, Map<string, ClassDef[]>>();

/** Does a class that extends this one have a member of that name? */
function definedBelow(ev: Evaluator, c: ClassDef, key: string): boolean {
  const known = ev.program.cache.once(below, c, () => new Map<string, boolean>());
  let answer = known.get(key);
  if (answer === undefined) {
    known.set(key, false);
    answer = (subclassesWith(ev.program).get(key) ?? []).some((d) => d !== c && extendsClass(ev, [d, null], c));
    known.set(key, answer);
  }
  return answer;
}

/** A class, and the call that made it: `(Base) => class extends Base {…}` */
type MadeClass = readonly [ClassDef, Env | null];

function extendsClass(ev: Evaluator, [d, env]: MadeClass, c: ClassDef, seen = new Set<ClassDef>()): boolean {
  if (d.parent === null || seen.has(d) || seen.size >= BOUNDS.classesAbove) return false;
  seen.add(d);
  return parentsOf(ev, d.parent, env).some(
    (v) => v.kind === "class" && (v.classDef === c || extendsClass(ev, [v.classDef, v.env], c, seen)),
  );
}

/** Classes that extend something, by the members they define. */
const subclassesWith = (program: Program): Map<string, ClassDef[]> =>
  program.cache.once(subclasses, program, () => {
    const index = new Map<string, ClassDef[]>();
    for (const d of program.classes)
      if (d.parent !== null)
        for (const key of new Set([...d.methods.keys(), ...writtenNames(program, d)])) push(index, key, d);
    return index;
  });

/** Names of the fields that the class itself declares, or that its methods write to `this`. */
export function fieldNames(program: Program, c: ClassDef): string[] {
  const declared = [...c.methods].flatMap(([name, { kind }]) => (kind === "field" ? [name] : []));
  return [...new Set([...declared, ...writtenNames(program, c)])];
}
