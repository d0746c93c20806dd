import type { Call, Expr } from "./expression.ts";
import { canonical, type Program } from "./program.ts";
import { type ArgumentUse, added, type Func, type Unit, type Variable } from "./unit.ts";

/** Members of `Object` and `Reflect` that give back the object they were given first. */
const GIVES_BACK = new Set(["defineProperty", "defineProperties", "setPrototypeOf", "assign", "freeze", "seal"]);
/** Imports of imports. */
const FILES = 8;

/**
 * Bundlers that keep names, and compilers, pass each function through a helper that names it and gives it back. Such
 * a call is the function itself: then the variable holds it, the member is called by its name, and its callers are
 * found.
 *
 * `var send = name((path) => {…}, "send")` where `name = (f, value) => Object.defineProperty(f, "name", { value })`
 */
export function unwrapHandedOnFunctions(program: Program): void {
  const known = new Map<Variable, boolean>();
  for (const unit of program.units) {
    let handedOn = false;
    for (const call of unit.calls) {
      if (call.construct || !isFunction(call.arguments[0]) || !givesBack(program, unit, call.callee, known)) continue;
      handedOn = true;
      become(call);
    }
    if (!handedOn) continue;
    unit.calls = unit.calls.filter(isCall);
    if (unit.keptCalls.length > 0) unit.keptCalls = unit.keptCalls.filter(({ call }) => isCall(call));
    // what sets the fields of a class is no function of the unit
    const initialisers = unit.classes.flatMap((c) => [c.initialiser ?? [], c.staticInitialiser ?? []].flat());
    for (const f of [...unit.functions, ...initialisers]) if (f.calls.length > 0) f.calls = f.calls.filter(isCall);
  }
}

const isFunction = (e: Expr | undefined): boolean => e?.kind === "function" || e?.kind === "class";
const isCall = (e: Expr): e is Call => e.kind === "call";

function givesBack(program: Program, unit: Unit, callee: Expr, known: Map<Variable, boolean>): boolean {
  if (callee.kind === "member") return isNativeHelper(callee);
  if (callee.kind !== "ref") return false;
  const v = canonical(callee.variable);
  let is = known.get(v);
  if (is === undefined) {
    const helper = declaredAs(program, unit, v);
    is = helper !== null && helper.definitions.length === 1 && isHelper(helper.definitions[0]!.expression);
    known.set(v, is);
  }
  return is;
}

/** The variable itself, or what it imports from another file. */
function declaredAs(program: Program, { file }: Unit, v: Variable): Variable | null {
  let at = v;
  let from = file;
  for (let files = 0; files < FILES; files++) {
    const e = at.definitions[0]?.expression;
    if (e?.kind !== "member" || e.object.kind !== "module" || e.object.specifier.kind !== "literal") return at;
    const exporter = program.resolve(from, String(e.object.specifier.value));
    const exported = exporter?.exports.get(e.property);
    if (exported?.kind === "ref") at = canonical(exported.variable);
    else if (exported?.kind === "member")
      at = { ...at, definitions: [{ ...at.definitions[0]!, expression: exported }] };
    else return null;
    from = exporter!.path;
  }
  return null;
}

const isHelper = (e: Expr): boolean => (e.kind === "function" ? returnsFirst(e.func) : isNativeHelper(e));

/** `Object.defineProperty`, or a variable that holds it. */
function isNativeHelper(e: Expr): boolean {
  if (e.kind === "ref") {
    const { definitions } = canonical(e.variable);
    return (
      definitions.length === 1 &&
      definitions[0]!.expression.kind === "member" &&
      isNativeHelper(definitions[0]!.expression)
    );
  }
  if (e.kind !== "member" || e.object.kind !== "ref" || !GIVES_BACK.has(e.property)) return false;
  const { name, declared, definitions } = canonical(e.object.variable);
  return !declared && definitions.length === 0 && (name === "Object" || name === "Reflect");
}

function returnsFirst({ returns, paramVariables: [first], generator }: Func): boolean {
  if (!first || generator || returns.length === 0 || first.definitions.length !== 1) return false;
  const isFirst = (e: Expr | undefined): boolean => e?.kind === "ref" && canonical(e.variable) === first;
  return returns.every(
    ({ expression: e }) => isFirst(e) || (e.kind === "call" && isNativeHelper(e.callee) && isFirst(e.arguments[0])),
  );
}

/** The node stays where it stands, in whatever holds it, and is the function from now on. */
function become(call: Call): void {
  const [given, name] = call.arguments;
  for (const e of call.arguments) {
    const passed = e.kind === "function" ? e.func : e.kind === "ref" ? canonical(e.variable) : null;
    if (passed !== null) passed.passedTo = passed.passedTo.filter((use: ArgumentUse) => use.call !== call);
  }
  if (given?.kind === "function" && name?.kind === "literal" && typeof name.value === "string" && name.value !== "") {
    const { func: f } = given;
    if (f.name === "") f.name = name.value;
    if (!f.aliases.includes(name.value)) f.aliases = added(f.aliases, name.value);
  }
  for (const key of Object.keys(call)) Reflect.deleteProperty(call, key);
  Object.assign(call, given);
}
