import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { ClassDef, Func, Write } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";
import { type Argument, type ClassValue, type InstanceValue, join, type Values } from "../domain/value.ts";
import { callDepth, type Env, type Frame, newEnv, rememberedEnv } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { writtenProperty } from "./property-writes.ts";
import { isDeep } from "./this-writes.ts";

/** The environment of a call of a method. */
export const methodEnv = ({ program }: Evaluator, f: Func, outer: Env | null, frame: Frame & { self: Values }): Env =>
  rememberedEnv(program, frame.self[0]!, newEnv(f, outer, frame, callDepth(outer)));

export interface MethodWrite {
  func: Func;
  write: Write;
}

interface ClassWrites {
  named: Map<string, MethodWrite[]>;
  /** `this[k] = e` in what runs when an object is made. */
  computed: readonly MethodWrite[];
}

const writes = new CacheKey<ClassDef, ClassWrites>();

/** What the methods of a class write to members of `this`, by member. */
export const writesOf = (program: Program, c: ClassDef): Map<string, MethodWrite[]> => allWritesOf(program, c).named;

export const computedWritesOf = (program: Program, c: ClassDef): readonly MethodWrite[] =>
  allWritesOf(program, c).computed;

const allWritesOf = ({ cache }: Program, c: ClassDef): ClassWrites =>
  cache.once(writes, c, () => {
    const written = functionsOf(c).flatMap((f) => f.thisWrites.map((write) => ({ func: f, write })));
    const isNamed = ({ write }: MethodWrite): boolean => write.path.length > 0;
    return {
      named: grouped(written.filter(isNamed), ({ write }) => write.path[0]!),
      computed: written.filter((w) => !isNamed(w) && (w.func === c.constructorFunction || w.func === c.initialiser)),
    };
  });

export const writtenNames = (program: Program, c: ClassDef): string[] => [...writesOf(program, c).keys()];

function functionsOf(c: ClassDef): Func[] {
  const members = [...c.methods.values(), ...c.statics.values()];
  const methods = members.flatMap((m) => (m.kind === "field" ? [] : [m.func]));
  return [c.constructorFunction, c.initialiser, c.staticInitialiser, ...methods, ...c.setters.values()].filter(
    (f): f is Func => f !== null,
  );
}

/** `client.url = e`: what a setter of that name is told; null for any other function. */
export function setterArguments(
  ev: Evaluator,
  { classDef: c, env }: ClassValue,
  self: InstanceValue,
  f: Func,
): readonly Argument[] | null {
  for (const [key, setter] of c.setters) {
    if (setter !== f) continue;
    const own = (writesOf(ev.program, c).get(key) ?? []).filter(({ write }) => !isDeep(write));
    const values = join(
      writtenProperty(ev, self.writers, key).values,
      ...own.map((w) => ev.evaluate(w.write.expression, methodEnv(ev, w.func, env, { self: [self], args: null }))),
    );
    return values.length > 0 ? [{ values }] : null;
  }
  return null;
}
