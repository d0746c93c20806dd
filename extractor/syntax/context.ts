import type { Call, Expr, Guard, Ref } from "../ir/expression.ts";
import {
  type ArgumentUse,
  added,
  type ClassDef,
  type Definition,
  type Func,
  fitted,
  type Mutation,
  type Unit,
  type Variable,
  type Write,
} from "../ir/unit.ts";
import type { StateMachine } from "./lower/state-machine.ts";
import { MAX_NESTING, NestedTooDeep } from "./nesting.ts";
import { type Declared, Scope } from "./scope.ts";
import type { Texts } from "./texts.ts";

/** What becomes of a value: `no` for a statement of its own, `returned` where it is handed on by its function. */
export type CallUse = Call["used"];

/** What surrounds a function: to be found again when its body is left. */
interface Surroundings {
  func: Func | null;
  guard: Guard | null;
  loop: Guard | null;
  loops: number;
}

/**
 * What the lowering of one unit carries along: where it is, and what it found. Definitions, writes and mutations wait
 * for their names to be settled.
 */
export class Context {
  readonly unit: Unit;
  /** Offset in the file of what is being lowered. */
  base: number;
  /** Constants of the unit that may be code. */
  readonly constants = new Map<string, { code: string; at: number }>();
  /** Names of constants by the offset that they are noted at: behind their values. */
  readonly constantNames = new Map<number, string>();
  /** Code in texts that was not read, and why. */
  readonly codeTexts: { at: number; what: string }[] = [];
  readonly texts: Texts;
  scope: Scope;
  func: Func | null = null;
  guard: Guard | null = null;
  loop: Guard | null = null;
  loops = 0;
  /** Whose steps are being lowered. */
  machine: StateMachine | null = null;
  #nesting = 0;
  readonly top: Scope;
  /** How many loops of its function stand around the declaration of a variable, where there are any. */
  readonly #loops = new Map<Variable, number>();
  readonly #definitions: { ref: Ref; definition: Definition; loops: number }[] = [];
  readonly #writes: { ref: Ref; write: Write }[] = [];
  readonly #mutations: { ref: Ref; mutation: Mutation }[] = [];
  readonly #aliases: { ref: Ref; name: string }[] = [];
  readonly #passings: { ref: Ref; passing: ArgumentUse }[] = [];
  readonly #classes: { ref: Ref; classDef: ClassDef }[] = [];

  constructor(unit: Unit, base: number, texts: Texts) {
    this.unit = unit;
    this.base = base;
    this.texts = texts;
    this.top = new Scope(null, null, true, texts);
    this.scope = this.top;
  }

  /**
   * Goes one level deeper, or comes back with a negative number.
   * @throws NestedTooDeep
   */
  nest(levels: number): void {
    this.#nesting += levels;
    if (this.#nesting > MAX_NESTING) throw new NestedTooDeep();
  }

  /** Lowers what was parsed out of another place. */
  from<T>(base: number, work: () => T): T {
    const own = this.base;
    this.base = base;
    try {
      return work();
    } finally {
      this.base = own;
    }
  }

  at(node: { start?: number | null }): number {
    return this.base + (node.start ?? 0);
  }

  declare(name: string, kind: Declared): Ref {
    const variable = this.scope.declare(name, kind);
    if (this.loops > 0 || this.#loops.has(variable)) this.#loops.set(variable, this.loops);
    return this.scope.use(name);
  }

  define(ref: Ref, e: Expr): void {
    const definition = { expression: e, guard: this.guard, loop: false, within: this.func };
    this.#definitions.push({ ref, definition, loops: this.loops });
  }

  write(ref: Ref, path: string[], key: Expr | null, e: Expr): void {
    if (e.kind === "ref" && path.length > 0) this.alias(e, path[path.length - 1]!);
    this.#writes.push({ ref, write: { path, key, expression: e, guard: this.guard, within: this.func } });
  }

  mutate(ref: Ref, path: string[], method: string, call: Call): void {
    this.#mutations.push({ ref, mutation: { path, method, call } });
  }

  call(made: Pick<Call, "callee" | "arguments" | "construct">, use: CallUse, at: number): Call {
    const { unit, func: within, guard, loop } = this;
    const call: Call = { kind: "call", ...made, within, guard, loop, used: use, unit, at };
    unit.calls.push(call);
    if (within) within.calls = added(within.calls, call);
    return call;
  }

  /** A candidate for a read of the environment. */
  read(e: Expr): void {
    this.unit.reads.push({ expression: e, within: this.func });
  }

  returns(e: Expr): void {
    if (this.func) this.func.returns = added(this.func.returns, { expression: e, guard: this.guard });
  }

  alias(ref: Ref, name: string): void {
    this.#aliases.push({ ref, name });
  }

  pass(ref: Ref, passing: ArgumentUse): void {
    this.#passings.push({ ref, passing });
  }

  /** Into a block that has names of its own; `leave` it. */
  enterBlock(): void {
    this.scope = new Scope(this.scope, this.func, false, this.texts);
  }

  leaveBlock(): void {
    this.scope.close();
    this.scope = this.scope.parent!;
  }

  enterFunction(f: Func): Surroundings {
    const { func, guard, loop, loops } = this;
    this.scope = new Scope(this.scope, f, true, this.texts);
    this.func = f;
    this.guard = null;
    this.loop = null;
    this.loops = 0;
    return { func, guard, loop, loops };
  }

  leaveFunction({ func, guard, loop, loops }: Surroundings): void {
    this.leaveBlock();
    this.func = func;
    this.guard = guard;
    this.loop = loop;
    this.loops = loops;
  }

  /** Back to the top level, from however far inside an error came. */
  leaveAll(): void {
    while (this.scope !== this.top) this.leaveBlock();
    this.func = null;
    this.guard = null;
    this.loop = null;
    this.loops = 0;
    this.#nesting = 0;
  }

  /** Binds what waited; call once, after the top scope closed. */
  settle(): void {
    for (const { ref, definition, loops } of this.#definitions) {
      definition.loop = loops > (this.#loops.get(ref.variable) ?? 0) && definition.within === ref.variable.owner;
      ref.variable.definitions = added(ref.variable.definitions, definition);
    }
    for (const { ref, write } of this.#writes) ref.variable.writes = added(ref.variable.writes, write);
    for (const { ref, mutation } of this.#mutations) ref.variable.mutations = added(ref.variable.mutations, mutation);
    for (const { ref, name } of this.#aliases)
      if (!ref.variable.aliases.includes(name)) ref.variable.aliases = added(ref.variable.aliases, name);
    for (const { ref, passing } of this.#passings) ref.variable.passedTo = added(ref.variable.passedTo, passing);
    for (const { ref, classDef: c } of this.#classes) c.variable = ref.variable;
  }

  /** Nothing is added to the unit any more. */
  fit(): void {
    const { names, blockVariables, functions } = this.unit;
    for (const v of names.values()) fitVariable(v);
    for (const v of blockVariables) fitVariable(v);
    for (const f of functions) {
      f.returns = fitted(f.returns);
      f.thisWrites = fitted(f.thisWrites);
      f.aliases = fitted(f.aliases);
      f.variables = fitted(f.variables);
      f.calls = fitted(f.calls);
      f.passedTo = fitted(f.passedTo);
      for (const v of f.variables) fitVariable(v);
    }
  }

  nameClass(ref: Ref, c: ClassDef): void {
    this.#classes.push({ ref, classDef: c });
  }
}

function fitVariable(v: Variable): void {
  v.definitions = fitted(v.definitions);
  v.writes = fitted(v.writes);
  v.mutations = fitted(v.mutations);
  v.aliases = fitted(v.aliases);
  v.passedTo = fitted(v.passedTo);
}
