import type { Questions } from "../../evaluate/engine/questions.ts";
import { parentsOf } from "../../evaluate/objects/superclass.ts";
import type { ClassDef } from "../../ir/unit.ts";

/** Which classes extend which. Their parents are expressions: they are evaluated once, by the first question. */
export class ClassHierarchy {
  readonly #ev: Questions;
  #children: Map<ClassDef, ClassDef[]> | null = null;

  constructor(ev: Questions) {
    this.#ev = ev;
  }

  /** The classes that name this one behind `extends`. */
  childrenOf(c: ClassDef): readonly ClassDef[] {
    this.#children ??= this.#found();
    return this.#children.get(c) ?? [];
  }

  /** Is a class the other one, or does it extend it, directly or through others? */
  isBelow(c: ClassDef, other: ClassDef): boolean {
    if (c === other) return true;
    const seen = new Set<ClassDef>();
    const queue = [other];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const child of this.childrenOf(at)) {
        if (child === c) return true;
        if (!seen.has(child)) queue.push(child);
        seen.add(child);
      }
    }
    return false;
  }

  #found(): Map<ClassDef, ClassDef[]> {
    const children = new Map<ClassDef, ClassDef[]>();
    for (const c of this.#ev.program.classes) {
      const { parent } = c;
      if (parent === null) continue;
      for (const v of this.#ev.ask(null, (ev) => parentsOf(ev, parent, null))) {
        if (v.kind !== "class" || v.classDef === c) continue;
        children.set(v.classDef, [...(children.get(v.classDef) ?? []), c]);
      }
    }
    return children;
  }
}
