import type { Value, Values } from "../../evaluate/domain/value.ts";
import { BOUNDS } from "../../evaluate/engine/bounds.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { parentsOf } from "../../evaluate/objects/superclass.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { isSuperCall } from "../../ir/super-call.ts";
import { type ClassDef, classOf, type Func } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";
import type { CallSite } from "./call-site.ts";

/** Which classes extend which. Their parents are expressions: they are evaluated once, by the first question. */
export class ClassHierarchy {
  readonly #ev: Questions;
  #relations: Relations | null = null;
  /** Every chain of one class asks for the same: by all the places that make its objects, and the class. */
  readonly #makers = new Map<readonly CallSite[], Map<ClassDef, CallSite[]>>();

  constructor(ev: Questions) {
    this.#ev = ev;
  }

  /** The classes that name this one behind `extends`. */
  childrenOf(c: ClassDef): readonly ClassDef[] {
    return this.#found().children.get(c) ?? [];
  }

  /** Is a class the other one, or does it extend it, directly or through others? */
  isBelow(c: ClassDef, other: ClassDef): boolean {
    const { parents } = this.#found();
    const seen = new Set<ClassDef>();
    const queue = [c];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (at === other) return true;
      if (seen.has(at)) continue;
      seen.add(at);
      queue.push(...(parents.get(at) ?? []));
    }
    return false;
  }

  /** Is one of them the other, or does it extend it? */
  areRelated(a: ClassDef, b: ClassDef): boolean {
    return this.isBelow(a, b) || this.isBelow(b, a);
  }

  /**
   * `this.send(url)` means the method of that name of a class below too: where the one that is known is abstract, or a
   * name that is too short to tell anything.
   * @param values what the evaluator knows of it
   */
  isOwnMethod({ callee: g }: Call, f: Func, name: string, values: Values): boolean {
    const caller = g.kind === "member" && g.object.kind === "this" && g.object.func ? classOf(g.object.func) : null;
    const c = caller === null ? null : classOf(f);
    if (c === null || !this.isBelow(c, caller!)) return false;
    const isAbstract = !values.some(({ kind }) => kind === "function" || kind === "native");
    return name.length <= 2 || isAbstract || values.some((v) => this.#overrides(c, v));
  }

  #overrides(c: ClassDef, v: Value): boolean {
    const other = v.kind === "function" ? classOf(v.func) : null;
    return other !== null && other !== c && this.isBelow(c, other);
  }

  /** Is some of it an object of the class, or of one below it? */
  isMadeOf(values: Values, c: ClassDef): boolean {
    return values.some((v) => v.kind === "instance" && v.of.kind === "class" && this.isBelow(v.of.classDef, c));
  }

  /**
   * Of the places that make objects of a class, those that may make one of `self`, or of a class below it.
   * @param self null where nothing is known of the object
   */
  makersFor(sites: CallSite[], self: ClassDef | null, valuesOf: (e: Expr) => Values): CallSite[] {
    if (self === null) return sites;
    const known = this.#makers.get(sites)?.get(self);
    if (known !== undefined) return known;
    const fitting = sites.filter(({ call }) => {
      if (isSuperCall(call)) {
        const c = classOf(call.within);
        return c === null || this.areRelated(self, c);
      }
      const made = valuesOf(call.callee).flatMap((v) => (v.kind === "class" ? [v.classDef] : []));
      return made.length === 0 || made.some((c) => this.isBelow(c, self));
    });
    const makers = fitting.length > 0 ? fitting : sites;
    this.#makers.set(sites, (this.#makers.get(sites) ?? new Map<ClassDef, CallSite[]>()).set(self, makers));
    return makers;
  }

  /** What runs when a value is called, or an object of it is made. */
  functionOf(v: Value): Func | null {
    if (v.kind === "function") return v.func;
    return v.kind === "class" ? this.constructorOf(v.classDef) : null;
  }

  /** The constructor that `new` runs: its own, or the nearest that it inherits. */
  constructorOf(c: ClassDef): Func | null {
    const seen = new Set<ClassDef>();
    for (let at: ClassDef | undefined = c; at !== undefined && !seen.has(at); at = this.#found().parents.get(at)?.[0]) {
      if (at.constructorFunction !== null) return at.constructorFunction;
      seen.add(at);
    }
    return null;
  }

  #found(): Relations {
    this.#relations ??= relationsIn(this.#ev);
    return this.#relations;
  }
}

interface Relations {
  parents: Map<ClassDef, ClassDef[]>;
  children: Map<ClassDef, ClassDef[]>;
}

interface Extends {
  child: ClassDef;
  parent: ClassDef;
}

function relationsIn(ev: Questions): Relations {
  const pairs = ev.program.classes.flatMap((child) => ev.ask(null, (ev) => extensionsOf(ev, child, null, 0)));
  return {
    parents: mapped(
      grouped(pairs, ({ child }) => child),
      ({ parent }) => parent,
    ),
    children: mapped(
      grouped(pairs, ({ parent }) => parent),
      ({ child }) => child,
    ),
  };
}

/** What a class extends, and what that extends where a call made it: `class C extends WithApi(B) {}`. */
function extensionsOf(ev: Evaluator, child: ClassDef, env: Env | null, level: number): Extends[] {
  if (child.parent === null || level > BOUNDS.parents) return [];
  return parentsOf(ev, child.parent, env).flatMap((v): Extends[] => {
    if (v.kind !== "class" || v.classDef === child) return [];
    return [{ child, parent: v.classDef }, ...(v.env === null ? [] : extensionsOf(ev, v.classDef, v.env, level + 1))];
  });
}

const mapped = <K, A, B>(groups: ReadonlyMap<K, A[]>, item: (a: A) => B): Map<K, B[]> =>
  new Map([...groups].map(([key, items]) => [key, items.map(item)]));
