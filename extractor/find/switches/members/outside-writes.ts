import { NOTHING, type Values } from "../../../evaluate/domain/value.ts";
import type { Questions } from "../../../evaluate/engine/questions.ts";
import type { Expr } from "../../../ir/expression.ts";
import type { Program } from "../../../ir/program.ts";
import type { ClassDef, Func, Variable, Write } from "../../../ir/unit.ts";
import { grouped } from "../../../model/group.ts";
import type { ClassHierarchy } from "../../calls/class-hierarchy.ts";
import type { Given } from "../given.ts";

/** `client.enabled = false`, `this.client.enabled = false` */
interface OutsideWrite {
  object: Expr;
  write: Write;
  /** The variable that the object is, or that leads to it. */
  variable: Variable | null;
  owner: Func | null;
  /** What the object is; found out when somebody asks. */
  values?: Values;
}

/** What is written to objects of a class from outside of it. */
export class OutsideWrites {
  readonly #ev: Questions;
  readonly #hierarchy: ClassHierarchy;
  #byName: ReadonlyMap<string, readonly OutsideWrite[]> | null = null;

  constructor(ev: Questions, hierarchy: ClassHierarchy) {
    this.#ev = ev;
    this.#hierarchy = hierarchy;
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
      one.values ??= this.#ev.tryWithin((ev) => ev.evaluate(one.object, null), NOTHING);
      if (!(isStatic ? this.#isClass(one.values, c) : this.#hierarchy.isMadeOf(one.values, c))) continue;
      const { expression, guard, within, key: computed } = one.write;
      if (computed !== null) return null;
      given.push({ expression, guard, env: null, replaces: guard !== null && within === one.owner });
    }
    return given;
  }

  /** Is some of it the class, or one below it? */
  #isClass(values: Values, c: ClassDef): boolean {
    return values.some((v) => v.kind === "class" && this.#hierarchy.isBelow(v.classDef, c));
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
