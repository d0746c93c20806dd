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
  | Unary
  | Await
  | This
  | Rest
  | Element
  | RegExpExpr
  | ImportedModule
  | Unknown;

export interface Literal {
  kind: "literal";
  value: string | number | boolean | null | undefined;
  at: number;
  /** The constant that a bundler has put the number in the place of. */
  constant?: string;
}

/** Template literals and `+` chains, flattened. `loop` where a value is appended to itself inside a loop. */
export interface Concat {
  kind: "concat";
  parts: Expr[];
  /** A bare `+` of operands that may all be numbers. */
  plus: boolean;
  at: number;
}

export interface Ref {
  kind: "ref";
  variable: Variable;
}

/** What parameter `index` of `func` was given; with `rest`, all arguments from `index` on. */
export interface Param {
  kind: "param";
  func: Func;
  index: number;
  rest: boolean;
}

export interface Member {
  kind: "member";
  object: Expr;
  property: string;
  at: number;
  /** Of `process.argv`: where it stands, for another file of the program may say what it holds there. */
  unit?: Unit;
}

/** `object[index]` where the index isn't a literal. */
export interface Index {
  kind: "index";
  object: Expr;
  index: Expr;
  at: number;
}

export interface Call {
  kind: "call";
  callee: Expr;
  arguments: Expr[];
  /** `new callee(…)` */
  construct: boolean;
  /** The function whose body holds the call; null at the top level. */
  within: Func | null;
  guard: Guard | null;
  /** For the bodies of the loops around it to run at all; of `for (x of list)`, that the list has a length. */
  loop: Guard | null;
  /** `no` where the call is a statement of its own, `returned` where its function hands the result on. */
  used: "yes" | "no" | "returned";
  unit: Unit;
  at: number;
}

export interface ObjectExpr {
  kind: "object";
  members: ObjectMember[];
  at: number;
}

export type ObjectMember =
  | { kind: "value"; key: string; value: Expr }
  | { kind: "getter"; key: string; func: Func }
  | { kind: "computed"; key: Expr; value: Expr }
  | { kind: "spread"; value: Expr };

export interface ArrayExpr {
  kind: "array";
  items: Expr[];
  at: number;
}

export interface Spread {
  kind: "spread";
  argument: Expr;
}

export interface FunctionExpr {
  kind: "function";
  func: Func;
  at: number;
}

export interface ClassExpr {
  kind: "class";
  classDef: ClassDef;
  at: number;
}

/** `||`, `&&`, `??` */
export interface Choice {
  kind: "choice";
  operator: "||" | "&&" | "??";
  left: Expr;
  right: Expr;
}

export interface Conditional {
  kind: "conditional";
  test: Expr;
  consequent: Expr;
  alternate: Expr;
}

/** `expression`, or `fallback` where that is undefined: default values in patterns and parameters. */
export interface Default {
  kind: "default";
  expression: Expr;
  fallback: Expr;
}

export interface Compare {
  kind: "compare";
  operator: "===" | "!==" | "<" | ">" | "<=" | ">=" | "in" | "instanceof" | "-" | "arithmetic";
  left: Expr;
  right: Expr;
}

export interface Not {
  kind: "not";
  argument: Expr;
}

/** What the value is converted to, or its type. */
export interface Unary {
  kind: "unary";
  operator: "+" | "typeof";
  argument: Expr;
}

/** Promises are transparent: `await p` and `p.then(f)` speak of the value itself. */
export interface Await {
  kind: "await";
  argument: Expr;
}

export interface This {
  kind: "this";
  /** The nearest function that binds `this`. */
  func: Func | null;
  /** `super`: the same object, its members looked up from the parent of the method's class on. */
  isSuper: boolean;
}

/** `const { a, ...rest } = argument`: what is left of an object once the members `without` are taken out. */
export interface Rest {
  kind: "rest";
  argument: Expr;
  without: string[];
  /** For arrays: how many leading elements were taken. */
  from: number;
}

/** Any element of a collection: the variable of `for (x of argument)`; with `keys`, of `for (x in argument)`. */
export interface Element {
  kind: "element";
  argument: Expr;
  keys: boolean;
}

export interface RegExpExpr {
  kind: "regexp";
  source: string;
  flags: string;
  at: number;
}

/** `import(x)`, `require(x)` and the namespace behind an import declaration. */
export interface ImportedModule {
  kind: "module";
  specifier: Expr;
  unit: Unit;
  at: number;
}

/** Nothing is known of the value, though `name` may help a reader. */
export interface Unknown {
  kind: "unknown";
  name: string;
  at: number;
  /** Of an error that was caught: the only call that may have thrown it. */
  thrownBy?: Call;
}

/** Under which condition code runs, inside its function: the chain goes outwards. */
export interface Guard {
  test: Expr;
  /** What `test` has to be. */
  is: boolean;
  outer: Guard | null;
  /** What `test` would have kept from running has left by now: `if (!id) return; …`. */
  exitsOtherwise?: true;
}
