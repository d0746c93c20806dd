import type { Call, Expr } from "./expression.ts";
import type { ProgramCache } from "./program-cache.ts";
import type { ArgumentUse, ClassDef, Func, Unit, Variable } from "./unit.ts";

/** All units of a package, linked: every name has one home, every import its file. */
export interface Program {
  files: Map<string, FileScope>;
  /** Names that no file declares: `fetch`, `process`, … */
  globals: Map<string, Variable>;
  units: Unit[];
  /** Calls by the variable that is called. */
  callsOf: Map<Variable, Call[]>;
  /** Calls by the name of the member that is called. */
  callsOfMember: Map<string, Call[]>;
  /** `f.call(self, …)`, `f.apply(…)` and `f.bind(…)`, by the variable or the name of the member that is called so. */
  indirectCalls: Map<Variable | string, Call[]>;
  /** `f(a)(b)`: the call of what a call yields. */
  callsOfResult: Map<Call, Call>;
  /** `(function (a) {…})(x)`, `new (class {…})(x)`: what is called where it is written. */
  invoked: Map<Func | ClassDef, Call>;
  /** Functions by the names that callers may use for them. */
  functionsNamed: Map<string, Func[]>;
  /** `api[name] = (path) => {…}`: functions by the names that are computed for them. */
  computedNames: Map<Func, Expr[]>;
  /** Variables that are defined as a function or class. */
  holders: Map<Func | ClassDef, Variable[]>;
  /** Variables that are defined as another variable, by that other. */
  heldBy: Map<Variable, Variable[]>;
  /** Calls that are given a member, `connect(sdk.Client)`, by its name. */
  membersPassed: Map<string, ArgumentUse[]>;
  /** What a call yields, where another call is given it as it is: `connect(traced(fetch))`. */
  resultsPassed: Map<Call, ArgumentUse>;
  /** Variables that are read from a member, by its name: `const { post } = client`. */
  destructuredFrom: Map<string, Variable[]>;
  /**
   * `this.send = given ?? client.post`: names of members that may hold what a variable or a member of that name holds.
   */
  storedAs: Map<Variable | string, string[]>;
  /** Names of members that some function returns, or that a call is given in a variable: `return client.notes`. */
  returnedMembers: Set<string>;
  /**
   * Calls that are given a text that is written out, or a constant, or one of two, as their first argument or their
   * second.
   */
  callsWithStringArgument: Call[];
  /** Variables whose members are written, or that are told things by calls. */
  mutatedVariables: Variable[];
  /** Object literals with members, and choices between such, where they stand. */
  objects: ObjectPlace[];
  /** `f().a = e`: what is written to results of calls, by the name of the member. */
  resultWrites: Map<string, { of: Call; expression: Expr }[]>;
  /** The variable that holds what a call yields. */
  results: Map<Call, Variable>;
  classes: ClassDef[];
  /** Modules of a bundler's table by id: `{123: (module, exports, require) => …}`. */
  bundled: Map<Func, BundledModule>;
  /** What is remembered of the program. */
  readonly cache: ProgramCache;
  /** File that an import in `from` means; null for packages that are not part of the program. */
  resolve(from: string, specifier: string): FileScope | null;
}

/** An object literal, or a choice of them: what a call is given, a variable is defined as, or a function returns. */
export type ObjectPlace =
  | { kind: "argument"; of: Call; expression: Expr }
  | { kind: "defined"; of: Variable; expression: Expr }
  | { kind: "returned"; of: Func; expression: Expr };

export interface FileScope {
  path: string;
  names: Map<string, Variable>;
  units: Unit[];
  exports: Map<string, Expr>;
  /** `export * from`. */
  exportsAll: string[];
}

/** A function that a bundler made of a CommonJS file: which of its parameters is `exports`, which is `module`. */
export interface BundledModule {
  factory: Func;
  exports: number;
  module: number;
}

/** So many functions may share a name before a call on something unknown says nothing about which of them is meant. */
const NAMESAKES = 3;

/** May a call of that name, on something unknown, mean too many functions of the same part to mean this one? */
export function isCommonName({ functionsNamed }: Program, f: Func, name: string): boolean {
  let count = 0;
  return (functionsNamed.get(name) ?? []).some(
    (g) => g.unit.programNumber === f.unit.programNumber && ++count > NAMESAKES,
  );
}

export const canonical = (v: Variable): Variable => v.standsFor ?? v;

/** The function that a variable is, and never anything else; null for any other expression. */
export function soleFunction(e: Expr): Func | null {
  const only = e.kind === "ref" ? soleDefinition(e) : e;
  return only !== e && only.kind === "function" ? only.func : null;
}

/** What a variable is and never anything else; any other expression itself. */
export function soleDefinition(e: Expr): Expr {
  const [only, ...more] = e.kind === "ref" ? canonical(e.variable).definitions : [];
  return only === undefined || more.length > 0 ? e : only.expression;
}

/** Variables that hold what some hold, however often it is handed on, these included. */
export function allHolding({ heldBy }: Pick<Program, "heldBy">, held: readonly Variable[]): Set<Variable> {
  const all = new Set<Variable>();
  const queue = [...held];
  for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
    if (all.has(v)) continue;
    all.add(v);
    queue.push(...(heldBy.get(v) ?? []));
  }
  return all;
}
