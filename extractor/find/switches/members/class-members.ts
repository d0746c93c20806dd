import { type ClassValue, type InstanceValue, NOTHING, type Value } from "../../../evaluate/domain/value.ts";
import { type Env, newEnv } from "../../../evaluate/engine/env.ts";
import type { Questions } from "../../../evaluate/engine/questions.ts";
import { type MethodWrite, writesOf } from "../../../evaluate/objects/class-writes.ts";
import { parentsOf } from "../../../evaluate/objects/superclass.ts";
import type { Program } from "../../../ir/program.ts";
import type { ClassDef, Func, Variable } from "../../../ir/unit.ts";
import type { ConditionSearch } from "../condition-search.ts";
import type { Given } from "../given.ts";
import { OutsideWrites } from "./outside-writes.ts";

export type InstanceOfClass = InstanceValue & { of: ClassValue };

export const isOfClass = (v: Value): v is InstanceOfClass =>
  v.kind === "instance" && v.of.kind === "class" && v.asSuper === undefined;

/** What a member of an object was given, whoever gave it, or the getter that it is. */
type ClassMember = { given: Given[] } | { getter: Func; env: Env };

/** Members of objects of the program's classes, and of these classes themselves. */
export class ClassMembers {
  readonly #ev: Questions;
  readonly #outside: OutsideWrites;

  constructor({ ev, hierarchy }: Pick<ConditionSearch, "ev" | "hierarchy">) {
    this.#ev = ev;
    this.#outside = new OutsideWrites(ev, hierarchy);
  }

  /**
   * Null where the class itself says nothing of it.
   * @param isAsked whether who asks looks at what is written to this variable
   */
  of(
    self: InstanceOfClass | ClassValue,
    key: string,
    isAsked: (v: Variable) => boolean,
  ): ClassMember | "unknown" | null {
    const isStatic = self.kind === "class";
    const { classDef: c, env: around } = isStatic ? self : self.of;
    const maker = isStatic ? null : c.constructorFunction;
    const initialiser = isStatic ? c.staticInitialiser : c.initialiser;
    const inside = (f: Func): Env =>
      newEnv(f, around, { args: !isStatic && f === maker ? self.args : null, self: [self] }, 1);
    const member = (isStatic ? c.statics : c.methods).get(key);
    if (member?.kind === "getter") return { getter: member.func, env: inside(member.func) };
    const given: Given[] = [];
    if (member?.kind === "field") {
      const env = initialiser === null ? around : inside(initialiser);
      given.push({ expression: member.expression, guard: null, env, replaces: false });
    } else if (member?.kind === "method") {
      const { func } = member;
      given.push({ expression: { kind: "function", func, at: func.at }, guard: null, env: around, replaces: false });
    }
    for (const { func: f, write: w } of fieldWrites(this.#ev.program, c, key, isStatic)) {
      if (w.key !== null || w.path.length > 1) return "unknown";
      const isMaking = f === maker || (isStatic && f === initialiser);
      // `off;` above what the constructor surely gives it
      if (isMaking && w.guard === null) given.length = 0;
      const replaces = isMaking && w.guard !== null;
      const isLater = !isMaking && f !== initialiser;
      given.push({
        expression: w.expression,
        guard: w.guard,
        env: inside(f),
        replaces,
        ...(isLater ? { by: f } : {}),
      });
    }
    const outside = this.#outside.of(c, key, isStatic, isAsked);
    if (outside === null) return "unknown";
    given.push(...outside);
    return given.length > 0 ? { given } : null;
  }

  parentOf(self: InstanceOfClass | ClassValue): InstanceOfClass | ClassValue | null {
    const of = self.kind === "class" ? self : self.of;
    const { parent } = of.classDef;
    if (parent === null) return null;
    const found = this.#ev.tryWithin((ev) => parentsOf(ev, parent, of.env), NOTHING);
    const [only] = found;
    if (found.length !== 1 || only?.kind !== "class") return null;
    return self.kind === "class" ? only : { ...self, of: only, args: null };
  }
}

/** What a class gives a field; where it is declared comes first. */
function fieldWrites(program: Program, c: ClassDef, key: string, isStatic: boolean): MethodWrite[] {
  const isOwn = (f: Func) => isStatic === (f.static || f === c.staticInitialiser);
  const writes = (writesOf(program, c).get(key) ?? []).filter(({ func }) => isOwn(func));
  const isDeclared = ({ func }: MethodWrite) => func === c.initialiser;
  return [...writes.filter(isDeclared), ...writes.filter((w) => !isDeclared(w))];
}
