import type { ClassDef, Func } from "../../ir/unit.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/**
 * The classes that one look for a member has been at. Where it isn't known which of several classes another one
 * extends, the ways up double with each level; each class is looked at once, however many of them lead to it.
 */
export class VisitedClasses {
  readonly #environments = new Map<ClassDef | Func, Set<Env | null>>();
  #count = 0;

  /** False for one that was looked at before, and beyond the bound, which is counted. */
  isNew(ev: Evaluator, c: ClassDef | Func, env: Env | null): boolean {
    let known = this.#environments.get(c);
    if (known === undefined) {
      known = new Set();
      this.#environments.set(c, known);
    }
    if (known.has(env)) return false;
    known.add(env);
    if (++this.#count <= BOUNDS.classesAbove) return true;
    ev.log.add("cut-alternatives", `a member that may be of more than ${BOUNDS.classesAbove} classes`);
    return false;
  }
}
