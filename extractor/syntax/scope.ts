import type { Ref } from "../ir/expression.ts";
import { added, type Func, newVariable, none, type Variable } from "../ir/unit.ts";
import type { Texts } from "./texts.ts";

export type Declared = "var" | "block" | "own";

/** A name in a scope. */
interface Name {
  /** Null as long as the scope doesn't declare it. */
  variable: Variable | null;
  /** All its uses in the scope itself. */
  ref: Ref | null;
  /** Its uses in scopes inside that did not declare it. */
  inner: Ref[];
}

/**
 * A scope under construction. Uses may come before their declaration (hoisting, closures), so names are settled when
 * the scope closes: what it declares is bound, the rest is handed to the scope around it. One `Ref` serves all uses
 * of a name in a scope.
 */
export class Scope {
  readonly #names = new Map<string, Name>();
  readonly parent: Scope | null;
  /** The function it belongs to; null at the top level. */
  readonly func: Func | null;
  /** Holds `var` declarations of its blocks. */
  readonly hoists: boolean;
  readonly #texts: Texts;
  /** What the outermost scope declares, in source order; functions keep their own. */
  #declared: Variable[] = none();
  /** What the blocks of the outermost scope declare: one list for all of them. */
  readonly inBlocks: Variable[];

  constructor(parent: Scope | null, func: Func | null, hoists: boolean, texts: Texts) {
    this.parent = parent;
    this.func = func;
    this.hoists = hoists;
    this.#texts = texts;
    this.inBlocks = parent === null ? [] : parent.inBlocks;
  }

  /** @param kind `own`: a class's name for itself, which nothing outside of it holds */
  declare(name: string, kind: Declared): Variable {
    if (kind === "var" && !this.hoists && this.parent !== null) return this.parent.declare(name, kind);
    const known = this.#named(name);
    if (known.variable === null) {
      const variable = newVariable(this.#texts.own(name), this.func, true);
      known.variable = variable;
      if (this.func) this.func.variables = added(this.func.variables, variable);
      else if (this.parent === null) this.#declared = added(this.#declared, variable);
      else if (kind !== "own") this.inBlocks.push(variable);
    }
    return known.variable;
  }

  use(name: string): Ref {
    const known = this.#named(name);
    known.ref ??= { kind: "ref", variable: undefined as unknown as Variable };
    return known.ref;
  }

  close(): void {
    for (const [name, known] of this.#names) {
      if (known.variable !== null) bind(known, known.variable);
      else this.parent!.#adopt(name, known);
    }
  }

  /** Closes the outermost scope: what nobody declares is a name of the file's top level, or a global. */
  closeTop(names: Map<string, Variable>): void {
    for (const variable of this.#declared) names.set(variable.name, variable);
    for (const [name, known] of this.#names) {
      let { variable } = known;
      if (variable === null) {
        variable = newVariable(this.#texts.own(name), null, false);
        names.set(variable.name, variable);
      }
      bind(known, variable);
    }
  }

  #named(name: string): Name {
    let known = this.#names.get(name);
    if (known === undefined) {
      known = { variable: null, ref: null, inner: none() };
      this.#names.set(name, known);
    }
    return known;
  }

  #adopt(name: string, from: Name): void {
    let refs = from.inner;
    if (from.ref !== null) refs = added(refs, from.ref);
    const known = this.#names.get(name);
    if (known === undefined) this.#names.set(name, { variable: null, ref: null, inner: refs });
    else if (known.inner.length === 0) known.inner = refs;
    else for (const ref of refs) known.inner.push(ref);
  }
}

function bind({ ref, inner }: Name, variable: Variable): void {
  if (ref !== null) ref.variable = variable;
  for (const each of inner) each.variable = variable;
}
