import type { Call, Expr, Guard, Ref } from "../ir/expression.ts";
import {
  added,
  type ClassDef,
  type Definition,
  type Func,
  type Mutation,
  type Passing,
  type Unit,
  type Write,
} from "../ir/unit.ts";
import { Scope } from "./scope.ts";

/**
 * What the lowering of one unit carries along: where it is, and what it found. Definitions, writes and mutations wait for
 * their names to be settled.
 */
export class Context {
  readonly unit: Unit;
  /** Offset of the unit in its file. */
  readonly base: number;
  scope: Scope;
  func: Func | null = null;
  guard: Guard | null = null;
  loops = 0;
  readonly top: Scope;
  readonly #definitions: { ref: Ref; definition: Definition; loops: number }[] = [];
  readonly #writes: { ref: Ref; write: Write }[] = [];
  readonly #mutations: { ref: Ref; mutation: Mutation }[] = [];
  readonly #aliases: { ref: Ref; name: string }[] = [];
  readonly #passings: { ref: Ref; passing: Passing }[] = [];
  readonly #classes: { ref: Ref; c: ClassDef }[] = [];

  constructor(unit: Unit, base: number) {
    this.unit = unit;
    this.base = base;
    this.top = new Scope(null, null, true);
    this.scope = this.top;
  }

  at(node: { start?: number | null }): number {
    return this.base + (node.start ?? 0);
  }

  declare(name: string, kind: "var" | "block"): Ref {
    const variable = this.scope.declare(name, kind);
    if (variable.definitions.length === 0) variable.loops = this.loops;
    return this.scope.use(name);
  }

  define(ref: Ref, e: Expr): void {
    const definition = { e, guard: this.guard, loop: false, within: this.func };
    this.#definitions.push({ ref, definition, loops: this.loops });
  }

  write(ref: Ref, path: string[], key: Expr | null, e: Expr): void {
    if (e.k === "ref" && path.length > 0) this.alias(e, path[path.length - 1]!);
    this.#writes.push({ ref, write: { path, key, e, guard: this.guard, within: this.func } });
  }

  mutate(ref: Ref, path: string[], method: string, call: Call): void {
    this.#mutations.push({ ref, mutation: { path, method, call } });
  }

  call(call: Call): void {
    this.unit.calls.push(call);
    if (this.func) this.func.calls = added(this.func.calls, call);
  }

  returns(e: Expr): void {
    if (this.func) this.func.returns = added(this.func.returns, { e, guard: this.guard });
  }

  alias(ref: Ref, name: string): void {
    this.#aliases.push({ ref, name });
  }

  pass(ref: Ref, passing: Passing): void {
    this.#passings.push({ ref, passing });
  }

  inBlock<T>(body: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer, this.func, false);
    try {
      return body();
    } finally {
      this.scope.close();
      this.scope = outer;
    }
  }

  under<T>(guard: Guard | null, body: () => T): T {
    const outer = this.guard;
    this.guard = guard;
    try {
      return body();
    } finally {
      this.guard = outer;
    }
  }

  inLoop<T>(body: () => T): T {
    this.loops++;
    try {
      return body();
    } finally {
      this.loops--;
    }
  }

  /** Binds what waited; call once, after the top scope closed. */
  settle(): void {
    for (const { ref, definition, loops } of this.#definitions) {
      definition.loop = loops > ref.v.loops && definition.within === ref.v.owner;
      ref.v.definitions = added(ref.v.definitions, definition);
    }
    for (const { ref, write } of this.#writes) ref.v.writes = added(ref.v.writes, write);
    for (const { ref, mutation } of this.#mutations) ref.v.mutations = added(ref.v.mutations, mutation);
    for (const { ref, name } of this.#aliases)
      if (!ref.v.aliases.includes(name)) ref.v.aliases = added(ref.v.aliases, name);
    for (const { ref, passing } of this.#passings) ref.v.passedTo = added(ref.v.passedTo, passing);
    for (const { ref, c } of this.#classes) c.variable = ref.v;
  }

  nameClass(ref: Ref, c: ClassDef): void {
    this.#classes.push({ ref, c });
  }
}
