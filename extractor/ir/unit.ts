import type { Call, Expr, Guard, ObjectExpr } from "./expression.ts";

/**
 * A run of whole top-level statements, reduced to what values can be computed from. A unit depends on its text alone
 * (offsets are relative to `base`), so it can be kept by content hash.
 * Names of the file's top level are shared between its units: they are in `names`, and linking gives them one home.
 */
export interface Unit {
  file: string;
  /** Set by linking: units of one number belong to one program, see `ir/program-numbers.ts`. */
  programNumber: number;
  /** Every top-level name that the unit declares, assigns or uses. */
  names: Map<string, Variable>;
  /** What blocks outside of all functions declare: `{ const a = 1; }`. */
  blockVariables: Variable[];
  functions: Func[];
  classes: ClassDef[];
  calls: Call[];
  /** `f().key = expression`: writes to a member of a call's result. */
  resultWrites: { of: Call; key: string; expression: Expr }[];
  /** `this.api = client.extend(…)`, `{ api: client.extend(…) }`: calls, and the member that holds the result. */
  keptCalls: { name: string; call: Call }[];
  /** Candidates for environment reads: `env.NAME`, `env[expression]`. */
  reads: { expression: Expr; within: Func | null }[];
  /** `if (off) process.exit();` at the top level: under which condition what is behind `at` runs. */
  exits: { guard: Guard; at: number }[];
  imports: ImportBinding[];
  exports: ExportBinding[];
  /** Specifiers of `require` and `import()`; linking adds what calls are given that may name a file. */
  loads: string[];
  urls: UrlLiteral[];
  /**
   * Literals that could be keys: one word of 16 to 200 characters with a digit in it. `key`: the member it is the
   * value of.
   */
  tokens: { text: string; key: string | null; at: number }[];
  statements: number;
}

export interface Variable {
  name: string;
  /** The function that declares it; null for names of the file's top level. */
  owner: Func | null;
  declared: boolean;
  /** Everything that is assigned to it, in source order. The value is the join of all. */
  definitions: Definition[];
  /** `v.a.b = e`, in source order. */
  writes: Write[];
  /** Calls on it, `v.set(…)`, `v.a.push(…)`, which may change what it holds. */
  mutations: Mutation[];
  /** Names of object members that hold it: `{post: v}`, `exports.post = v`. */
  aliases: string[];
  /** Calls that take it as an argument. */
  passedTo: ArgumentUse[];
  /** Of a parameter, the offset of its declaration in the file; -1 for all others. */
  at: number;
  /** Set by linking: the file-wide variable this one stands for. */
  standsFor: Variable | null;
}

export interface Definition {
  expression: Expr;
  guard: Guard | null;
  /** Assigned inside a loop that the variable outlives. */
  loop: boolean;
  within: Func | null;
}

export interface Write {
  path: string[];
  /** Where the last key is computed: `v[k] = e`. */
  key: Expr | null;
  expression: Expr;
  guard: Guard | null;
  within: Func | null;
}

export interface Mutation {
  /** Members between the variable and the method: `u.searchParams.set` -> ["searchParams"]. */
  path: string[];
  method: string;
  call: Call;
}

export interface Func {
  /** Name in the source, or of the member or variable it is assigned to; for readers only. */
  name: string;
  params: number;
  returns: { expression: Expr; guard: Guard | null }[];
  /** Lexically around it. */
  outer: Func | null;
  /** Conditions in `outer` under which it is made at all. A declaration is there from the start: null. */
  guard: Guard | null;
  arrow: boolean;
  generator: boolean;
  /** Class or object literal whose method it is. */
  owner: ClassDef | ObjectExpr | null;
  static: boolean;
  /** Writes to `this.x` inside it, arrow functions inside included. */
  thisWrites: Write[];
  /** The variable of each parameter; null where a pattern takes it apart. */
  paramVariables: (Variable | null)[];
  /** Members of objects and classes, and variables, by which callers may know it. */
  aliases: string[];
  variables: Variable[];
  /** Calls in its own body, in source order. */
  calls: Call[];
  /** Says `this`, in its own body or in an arrow function inside. */
  usesThis: boolean;
  /** Reads `__esModule`: the mark of every helper that adapts CommonJS modules for `import`. */
  interop: boolean;
  /** Calls that take it as an argument directly. */
  passedTo: ArgumentUse[];
  unit: Unit;
  at: number;
}

export interface ArgumentUse {
  call: Call;
  index: number;
}

export interface ClassDef {
  name: string;
  parent: Expr | null;
  constructorFunction: Func | null;
  /** Runs field initialisers. */
  initialiser: Func | null;
  /** Runs static blocks. */
  staticInitialiser: Func | null;
  methods: Map<string, ClassMember>;
  statics: Map<string, ClassMember>;
  /** What `set name(value) {…}` runs. */
  setters: Map<string, Func>;
  variable: Variable | null;
  unit: Unit;
  at: number;
}

export type ClassMember =
  | { kind: "method"; func: Func }
  | { kind: "getter"; func: Func }
  | { kind: "field"; expression: Expr };

export interface ImportBinding {
  local: Variable;
  specifier: string;
  /** `default`, `*`, or the exported name. */
  imported: string;
}

export type ExportBinding =
  | { kind: "value"; name: string; expression: Expr }
  | { kind: "from"; name: string; specifier: string; imported: string }
  | { kind: "all"; specifier: string };

/** A string that holds `://`, with what is around it. */
export interface UrlLiteral {
  text: string;
  place: "string" | "template" | "comment" | "regexp";
  /** Object key it is the value of. */
  key: string | null;
  at: number;
}

/**
 * The class that a function is a method or the constructor of; null for any other, methods of object literals
 * included.
 */
export const classOf = (f: Func | null): ClassDef | null =>
  f === null || f.owner === null || "kind" in f.owner ? null : f.owner;

/** The classes whose methods a function is, or is written in, from the inside out. */
export function* classesAround(f: Func | null): Generator<ClassDef> {
  for (let g = f; g !== null; g = g.outer) {
    const c = classOf(g);
    if (c !== null) yield c;
  }
}

export const isConstructor = (f: Func): boolean => classOf(f)?.constructorFunction === f;

/** Is a function another one, or written inside it? */
export function isInside(f: Func | null, of: Func): boolean {
  for (let g = f; g !== null; g = g.outer) if (g === of) return true;
  return false;
}

const NONE: readonly never[] = Object.freeze([]);

/** An empty list that costs nothing: a program has millions, and few are ever added to. Grow them with `added`. */
export const none = <T>(): T[] => NONE as unknown as T[];

/** A unit that nothing was read into yet. */
export const emptyUnit = (file: string): Unit => ({
  file,
  programNumber: 0,
  names: new Map(),
  blockVariables: none(),
  functions: [],
  classes: [],
  calls: [],
  reads: [],
  exits: none(),
  imports: [],
  exports: [],
  resultWrites: none(),
  keptCalls: none(),
  loads: [],
  urls: [],
  tokens: [],
  statements: 0,
});

/** A variable that nothing was seen of yet. */
export function newVariable(name: string, owner: Func | null, declared: boolean): Variable {
  return {
    name,
    owner,
    declared,
    definitions: none(),
    writes: none(),
    mutations: none(),
    aliases: none(),
    passedTo: none(),
    at: -1,
    standsFor: null,
  };
}

/** The list with one more item; the list itself unless it was `none`. */
export function added<T>(list: T[], item: T): T[] {
  if ((list as readonly unknown[]) === NONE) return [item];
  list.push(item);
  return list;
}

/** The list in no more memory than it needs: one that has grown holds room for a dozen items more. */
export const fitted = <T>(list: T[]): T[] => (list.length > 1 ? list.slice() : list);

/** The list with all items of another. */
export function addedAll<T>(list: T[], items: readonly T[]): T[] {
  if (items.length === 0) return list;
  if ((list as readonly unknown[]) === NONE) return [...items];
  for (const item of items) list.push(item);
  return list;
}

/** A function nothing is known of but where it stands and how it is written. */
export function newFunction(unit: Unit, at: number, known: Known): Func {
  const { outer, owner, guard = null, name = "", params = 0, arrow = false, generator = false } = known;
  return {
    name,
    params,
    returns: none(),
    outer,
    guard,
    arrow,
    generator,
    owner,
    static: known.static ?? false,
    thisWrites: none(),
    paramVariables: none(),
    aliases: name === "" ? none() : [name],
    variables: none(),
    calls: none(),
    usesThis: false,
    interop: false,
    passedTo: none(),
    unit,
    at,
  };
}

type Known = Pick<Func, "outer" | "owner"> &
  Partial<Pick<Func, "name" | "params" | "guard" | "arrow" | "generator" | "static">>;
