import { type ClassValue, NOTHING } from "../../../evaluate/domain/value.ts";
import type { Questions } from "../../../evaluate/engine/questions.ts";
import { parentsOf } from "../../../evaluate/objects/superclass.ts";
import type { Expr } from "../../../ir/expression.ts";
import type { Program } from "../../../ir/program.ts";
import type { ClassDef, Func, Variable, Write } from "../../../ir/unit.ts";
import { grouped } from "../../../model/group.ts";
import type { Given } from "../given.ts";

/** `client.enabled = false`, `this.client.enabled = false` */
interface OutsideWrite {
  object: Expr;
  write: Write;
  /** The variable that the object is, or that leads to it. */
  variable: Variable | null;
  owner: Func | null;
  /** Classes of the objects, and classes that are written to themselves; found out when somebody asks. */
  to?: { instances: ReadonlySet<ClassDef>; classes: ReadonlySet<ClassDef> };
}

/** What is written to objects of a class from outside of it. */
export class OutsideWrites {
  readonly #ev: Questions;
  #byName: ReadonlyMap<string, readonly OutsideWrite[]> | null = null;

  constructor(ev: Questions) {
    this.#ev = ev;
  }

  /**
   * Null where it is not known what is written.
   * @param isStatic what is written to the class itself
   * @param isAsked whether who asks looks at what is written to this variable
   */
  of(c: ClassDef, key: string, isStatic: boolean, isAsked: (v: Variable) => boolean): Given[] | null {
    this.#byName ??= outsideWrites(this.#ev.program);
    const given: Given[] = [];
    for (const one of this.#byName.get(key) ?? []) {
      if (one.variable !== null && isAsked(one.variable)) continue;
      one.to ??= this.#writtenTo(one.object);
      if (!(isStatic ? one.to.classes : one.to.instances).has(c)) continue;
      const { expression, guard, within, key: computed } = one.write;
      if (computed !== null) return null;
      given.push({ expression, guard, env: null, replaces: guard !== null && within === one.owner });
    }
    return given;
  }

  #writtenTo(object: Expr): NonNullable<OutsideWrite["to"]> {
    const instances = new Set<ClassDef>();
    const classes = new Set<ClassDef>();
    for (const v of this.#ev.tryWithin((ev) => ev.evaluate(object, null), NOTHING)) {
      if (v.kind === "class") this.#addWithParents(v, classes);
      else if (v.kind === "instance" && v.of.kind === "class") this.#addWithParents(v.of, instances);
    }
    return { instances, classes };
  }

  #addWithParents(c: ClassValue, to: Set<ClassDef>): void {
    for (let at: ClassValue | null = c; at !== null && !to.has(at.classDef); at = this.#parentOf(at))
      to.add(at.classDef);
  }

  #parentOf({ classDef: { parent }, env }: ClassValue): ClassValue | null {
    if (parent === null) return null;
    const parents = this.#ev.tryWithin((ev) => parentsOf(ev, parent, env), NOTHING);
    return parents.find((v) => v.kind === "class") ?? null;
  }
}

function outsideWrites({ mutatedVariables, units }: Program): Map<string, OutsideWrite[]> {
  const ofVariables = mutatedVariables.filter(isNoThis).flatMap((variable) =>
    variable.writes.map((write): OutsideWrite => {
      const { owner } = variable;
      return { object: objectOf({ kind: "ref", variable }, write), write, variable, owner };
    }),
  );
  const ofThis = units.flatMap(({ functions }) =>
    functions.flatMap((func) =>
      func.thisWrites
        .filter(({ path }) => path.length > 1)
        .map((write): OutsideWrite => {
          const self: Expr = { kind: "this", func, isSuper: false };
          return { object: objectOf(self, write), write, variable: null, owner: func };
        }),
    ),
  );
  return grouped([...ofVariables, ...ofThis], ({ write }) => write.path.at(-1) ?? "");
}

/** `const self = this`: what is written to it is no write from outside. */
const isNoThis = ({ definitions }: Variable): boolean => !definitions.some(({ expression: e }) => e.kind === "this");

/** What a write is to: all but the last name of its path. */
const objectOf = (root: Expr, { path }: Write): Expr =>
  path.slice(0, -1).reduce<Expr>((object, property) => ({ kind: "member", object, property, at: 0 }), root);
