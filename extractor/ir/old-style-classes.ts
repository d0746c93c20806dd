import { importedHelper } from "./bundled/compiler-runtimes.ts";
import type { Expr, ObjectExpr } from "./expression.ts";
import { canonical, type Program, soleFunction } from "./program.ts";
import {
  type ArgumentUse,
  addedAll,
  type ClassDef,
  type ClassMember,
  classOf,
  type Func,
  type Variable,
} from "./unit.ts";

/**
 * Gives functions that are used as classes a class, and what is written to a prototype its class:
 * `function App(base) { this.base = base } App.prototype.send = function (path) { … }`
 */
export function nameOldStyleClasses(program: Program): void {
  const prototypes = new Map<Variable, Map<string, Method>>();
  const found = (v: Variable, methods: Iterable<[string, Method]>) => {
    const known = prototypes.get(v) ?? new Map<string, Method>();
    for (const [name, method] of methods) known.set(name, method);
    if (known.size > 0) prototypes.set(v, known);
  };
  for (const v of program.mutatedVariables) {
    // `const proto = App.prototype; proto.send = …`
    const aliased = v.definitions.length === 1 ? prototypeOf(v.definitions[0]!.expression) : null;
    for (const { path, key, expression: e } of v.writes) {
      if (key !== null) continue;
      if (aliased !== null && path.length === 1) found(aliased, methodOf(path[0]!, e));
      if (path[0] !== "prototype") continue;
      if (path.length === 2) found(v, methodOf(path[1]!, e));
      else if (path.length === 1 && e.kind === "object") found(v, methodsOf(e));
    }
  }
  for (const call of program.callsOfMember.get("assign") ?? []) {
    const [target, ...mixed] = call.arguments;
    const v = target === undefined ? null : prototypeOf(target);
    for (const e of v === null ? [] : mixed) found(v!, methodsOf(mixedIn(e)));
  }
  for (const { arguments: a } of program.callsOfMember.get("defineProperty") ?? []) {
    const v = a.length === 3 ? prototypeOf(a[0]!) : null;
    if (v !== null && a[1]!.kind === "literal" && a[2]!.kind === "object")
      found(v, described(String(a[1]!.value), a[2]!));
  }
  for (const { calls } of program.units)
    for (const {
      arguments: [app, list],
    } of calls) {
      // `createClass(App, [{ key: "send", value: function (path) {…} }])`
      if (app?.kind !== "ref" || list?.kind !== "array") continue;
      const methods = listed(list.items);
      if (methods !== null) found(canonical(app.variable), methods);
    }
  for (const [v, methods] of prototypes) {
    const c = classHeldBy(program, v);
    if (c === null) continue;
    for (const [name, method] of methods) {
      const { func } = method;
      if (func.arrow || (func.owner !== null && !("kind" in func.owner))) continue;
      func.owner = c;
      if (!c.methods.has(name)) c.methods.set(name, method);
    }
  }
  nameApplied(program);
}

/** `send(_x) { return _send.apply(this, arguments) }`: what one method alone applies to `this` is of its class. */
function nameApplied(program: Program): void {
  for (const name of ["apply", "call"])
    for (const { callee, arguments: a, within } of program.callsOfMember.get(name) ?? []) {
      const c = a[0]?.kind === "this" ? classOf(a[0].func) : null;
      if (c === null || within?.static || callee.kind !== "member" || callee.object.kind !== "ref") continue;
      const f = soleFunction(callee.object);
      const uses = program.indirectCalls.get(canonical(callee.object.variable)) ?? [];
      if (f !== null && f.owner === null && !f.arrow && uses.length === 1) f.owner = c;
    }
}

/** `App` of `App.prototype`. */
const prototypeOf = (e: Expr): Variable | null =>
  e.kind === "member" && e.property === "prototype" && e.object.kind === "ref" ? canonical(e.object.variable) : null;

type Method = Extract<ClassMember, { func: Func }>;

const methodOf = (name: string, e: Expr): [string, Method][] =>
  e.kind === "function" ? [[name, { kind: "method", func: e.func }]] : [];

/** `{ get: function () {…} }`, `{ value: function () {…} }` */
const described = (name: string, { members }: ObjectExpr): [string, Method][] =>
  members.flatMap((m) => {
    const func = m.kind === "value" ? functionIn(m.value) : null;
    if (m.kind !== "value" || func === null || (m.key !== "get" && m.key !== "value")) return [];
    return [[name, { kind: m.key === "get" ? "getter" : "method", func }]];
  });

/** `function () {…}`, `(function () { function send() {…} return send; })()` */
function functionIn(e: Expr): Func | null {
  if (e.kind === "function") return e.func;
  const made = e.kind === "call" && e.callee.kind === "function" ? e.callee.func.returns : [];
  const [only, ...more] = made;
  return only === undefined || more.length > 0 ? null : soleFunction(only.expression);
}

/** Methods with their names, as compilers list those of a class; null for any other list. */
function listed(items: readonly Expr[]): [string, Method][] | null {
  const methods = items.map((item) => {
    if (item.kind !== "object") return null;
    const [key] = item.members;
    const name = key?.kind === "value" && key.key === "key" ? key.value : null;
    return name?.kind === "literal" ? described(String(name.value), item) : null;
  });
  return methods.length > 0 && methods.every((m) => m !== null) ? methods.flat() : null;
}

const methodsOf = (e: ObjectExpr | null): [string, Method][] =>
  e?.members.flatMap((m) => (m.kind === "value" ? methodOf(m.key, m.value) : [])) ?? [];

/** An object whose methods one class alone is given. */
function mixedIn(e: Expr): ObjectExpr | null {
  if (e.kind === "object") return e;
  const v = e.kind === "ref" ? canonical(e.variable) : null;
  const [only, ...more] = v?.definitions ?? [];
  return v?.passedTo.length === 1 && more.length === 0 && only?.expression.kind === "object" ? only.expression : null;
}

/** The class that a variable is, or the one that is made of its function. */
function classHeldBy(program: Program, v: Variable): ClassDef | null {
  const [only, ...more] = v.definitions;
  if (only === undefined || more.length > 0) return null;
  if (only.expression.kind === "class") return only.expression.classDef;
  if (only.expression.kind !== "function" || only.expression.func.arrow || only.expression.func.owner !== null)
    return null;
  const { func } = only.expression;
  const c: ClassDef = {
    name: func.name,
    parent: parentOf(v),
    constructorFunction: func,
    initialiser: null,
    staticInitialiser: null,
    methods: new Map(),
    statics: new Map(),
    setters: new Map(),
    variable: v,
    unit: func.unit,
    at: func.at,
  };
  func.owner = c;
  // `var self = Base.call(this) || this; self.name = "users"`
  for (const self of func.variables)
    if (self.definitions.some(({ expression: e }) => isChosenThis(e)))
      func.thisWrites = addedAll(func.thisWrites, self.writes);
  program.classes.push(c);
  program.holders.set(c, [v]);
  return c;
}

const isChosenThis = (e: Expr): boolean => e.kind === "choice" && e.operator === "||" && e.right.kind === "this";

/** `App.prototype = Object.create(Base.prototype)`, `util.inherits(App, Base)`, what compilers make of `extends`. */
function parentOf({ writes, passedTo }: Variable): Expr | null {
  for (const { path, expression: e } of writes) {
    if (path.length !== 1 || path[0] !== "prototype" || e.kind !== "call") continue;
    const [base] = e.construct ? [e.callee] : e.arguments.map(withoutPrototype);
    if (base !== undefined && base !== null) return base;
  }
  return passedTo.find(isInheritance)?.call.arguments[1] ?? null;
}

const withoutPrototype = (e: Expr): Expr | null =>
  e.kind === "member" && e.property === "prototype" ? e.object : e.kind === "choice" ? withoutPrototype(e.right) : null;

function isInheritance({ call, index }: ArgumentUse): boolean {
  const { callee: f, arguments: a } = call;
  if (index !== 0 || a.length < 2) return false;
  const helper = importedHelper(call);
  if (helper !== null) return /^(?:inherits|__extends)/.test(helper);
  const name = f.kind === "member" ? f.property : f.kind === "ref" ? canonical(f.variable).name : "";
  if (/inherits|extends/i.test(name)) return true;
  const child = soleFunction(f)?.paramVariables[0];
  return child?.writes.some(({ path }) => path[0] === "prototype") === true;
}
