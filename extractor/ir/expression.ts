import type { ClassDef, Func, Unit, Variable } from "./unit.ts";

/**
 * What is left of an expression once its syntax tree is dropped: enough to compute values, nothing about layout.
 * `at` is the offset of the expression in its file.
 */
export type Expr =
  | Literal
  | Concat
  | Ref
  | Param
  | Member
  | Index
  | Call
  | ObjectExpr
  | ArrayExpr
  | Spread
  | FunctionExpr
  | ClassExpr
  | Choice
  | Conditional
  | Default
  | Compare
  | Not
  | Await
  | This
  | Rest
  | Element
  | RegExpExpr
  | ImportedModule
  | Unknown;

export interface Literal {
  k: "literal";
  v: string | number | boolean | null | undefined;
  at: number;
}

/** Template literals and `+` chains, flattened. `loop` where a value is appended to itself inside a loop. */
export interface Concat {
  k: "concat";
  parts: Expr[];
  /** A bare `+` of operands that may all be numbers. */
  plus: boolean;
  at: number;
}

export interface Ref {
  k: "ref";
  v: Variable;
}

/** The value that parameter `i` of `f` was called with; `rest` gathers the ones from `i` on. */
export interface Param {
  k: "param";
  f: Func;
  i: number;
  rest: boolean;
}

export interface Member {
  k: "member";
  o: Expr;
  p: string;
  at: number;
}

/** `o[i]` where `i` isn't a literal. */
export interface Index {
  k: "index";
  o: Expr;
  i: Expr;
  at: number;
}

export interface Call {
  k: "call";
  f: Expr;
  a: Expr[];
  /** `new f(…)` */
  construct: boolean;
  /** The function whose body holds the call; null at the top level. */
  within: Func | null;
  guard: Guard | null;
  /** `no` where the call is a statement of its own, `returned` where its function hands the result on. */
  used: "yes" | "no" | "returned";
  unit: Unit;
  at: number;
}

export interface ObjectExpr {
  k: "object";
  members: ObjectMember[];
  at: number;
}

export type ObjectMember =
  | { k: "value"; key: string; e: Expr }
  | { k: "getter"; key: string; f: Func }
  | { k: "computed"; key: Expr; e: Expr }
  | { k: "spread"; e: Expr };

export interface ArrayExpr {
  k: "array";
  items: Expr[];
  at: number;
}

export interface Spread {
  k: "spread";
  e: Expr;
}

export interface FunctionExpr {
  k: "function";
  f: Func;
  at: number;
}

export interface ClassExpr {
  k: "class";
  c: ClassDef;
  at: number;
}

/** `||`, `&&`, `??` */
export interface Choice {
  k: "choice";
  op: "||" | "&&" | "??";
  l: Expr;
  r: Expr;
}

export interface Conditional {
  k: "conditional";
  test: Expr;
  yes: Expr;
  no: Expr;
}

/** `e`, or `d` where `e` is undefined: default values in patterns and parameters. */
export interface Default {
  k: "default";
  e: Expr;
  d: Expr;
}

export interface Compare {
  k: "compare";
  op: "===" | "!==" | "<" | ">" | "<=" | ">=" | "in" | "instanceof" | "-" | "arithmetic";
  l: Expr;
  r: Expr;
}

export interface Not {
  k: "not";
  e: Expr;
}

/** Promises are transparent: `await p` and `p.then(f)` speak of the value itself. */
export interface Await {
  k: "await";
  e: Expr;
}

export interface This {
  k: "this";
  /** The nearest function that binds `this`. */
  f: Func | null;
  /** `super`: the same object, its members looked up from the parent of the method's class on. */
  above: boolean;
}

/** What is left of an object once `without` were taken out by a pattern. */
export interface Rest {
  k: "rest";
  e: Expr;
  without: string[];
  /** For arrays: how many leading elements were taken. */
  from: number;
}

/** Any element of a collection: the variable of `for (x of e)`. `keys` for `for (x in e)`. */
export interface Element {
  k: "element";
  e: Expr;
  keys: boolean;
}

export interface RegExpExpr {
  k: "regexp";
  source: string;
  flags: string;
  at: number;
}

/** `import(x)`, `require(x)` and the namespace behind an import declaration. */
export interface ImportedModule {
  k: "module";
  specifier: Expr;
  unit: Unit;
  at: number;
}

/** Nothing is known of the value, though `name` may help a reader. */
export interface Unknown {
  k: "unknown";
  name: string;
  at: number;
}

/** Under which condition code runs, inside its function: the chain goes outwards. */
export interface Guard {
  test: Expr;
  /** What `test` has to be. */
  is: boolean;
  outer: Guard | null;
  /** What `test` would have kept from running has left by now: `if (!id) return; …`. */
  left?: true;
}
