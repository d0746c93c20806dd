import type { Ref } from "../ir/expression.ts";
import { added, type Func, none, type Variable } from "../ir/unit.ts";

function newVariable(name: string, owner: Func | null): Variable {
  return {
    name,
    owner,
    declared: false,
    definitions: none(),
    writes: none(),
    mutations: none(),
    aliases: none(),
    passedTo: none(),
    loops: 0,
    at: -1,
    home: null,
  };
}

/**
 * A scope under construction. Uses may come before their declaration (hoisting, closures), so names are settled when the
 * scope closes: what it declares is bound, the rest is handed to the scope around it. One `Ref` serves all uses of a name
 * in a scope.
 */
export class Scope {
  readonly declared = new Map<string, Variable>();
  readonly #refs = new Map<string, Ref>();
  readonly #pending = new Map<string, Ref[]>();
  readonly parent: Scope | null;
  /** The function it belongs to; null at the top level. */
  readonly func: Func | null;
  /** Holds `var` declarations of its blocks. */
  readonly hoists: boolean;

  constructor(parent: Scope | null, func: Func | null, hoists: boolean) {
    this.parent = parent;
    this.func = func;
    this.hoists = hoists;
  }

  declare(name: string, kind: "var" | "block"): Variable {
    if (kind === "var" && !this.hoists && this.parent !== null) return this.parent.declare(name, kind);
    let variable = this.declared.get(name);
    if (variable === undefined) {
      variable = newVariable(name, this.func);
      variable.declared = true;
      this.declared.set(name, variable);
      if (this.func) this.func.variables = added(this.func.variables, variable);
    }
    return variable;
  }

  use(name: string): Ref {
    let ref = this.#refs.get(name);
    if (ref === undefined) {
      ref = { k: "ref", v: undefined as unknown as Variable };
      this.#refs.set(name, ref);
      this.#adopt(name, [ref]);
    }
    return ref;
  }

  close(): void {
    for (const [name, refs] of this.#pending) {
      const variable = this.declared.get(name);
      if (variable !== undefined) for (const ref of refs) ref.v = variable;
      else this.parent!.#adopt(name, refs);
    }
  }

  /** Closes the outermost scope: what nobody declares is a name of the file's top level, or a global. */
  closeTop(names: Map<string, Variable>): void {
    for (const [name, variable] of this.declared) names.set(name, variable);
    for (const [name, refs] of this.#pending) {
      let variable = names.get(name);
      if (variable === undefined) {
        variable = newVariable(name, null);
        names.set(name, variable);
      }
      for (const ref of refs) ref.v = variable;
    }
  }

  #adopt(name: string, refs: Ref[]): void {
    const known = this.#pending.get(name);
    if (known === undefined) this.#pending.set(name, refs.length === 1 ? [refs[0]!] : refs.slice());
    else for (const ref of refs) known.push(ref);
  }
}
