import type { Questions } from "../../evaluate/engine/questions.ts";
import { mayRequire } from "../../ir/bundled/require-call.ts";
import type { Call, Expr, ObjectExpr } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import { classOf, type Func, type Unit, type Variable } from "../../ir/unit.ts";
import { eachUse, type Use, unitsThatUse, usedIn } from "../../ir/uses.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/** How a value leads to the function: it is it, it holds it under a name, or it is a module's `module` or `exports`. */
type Role = "function" | "module" | { member: string };

/** Everything that is seen to hold one function. */
interface Trace {
  func: Func;
  held: Map<object, Role>;
  /** Where it is called. */
  from: (Func | null)[];
  live: boolean;
}

/**
 * Functions that surely nothing calls: each place that holds one is followed, and any use but those that are
 * understood, a computed member above all, makes it live. Only functions around `calls` are looked at.
 * @returns the unreached function that a call stands in; null where there is none
 */
export function unreachableFunctions(ev: Questions, calls: Iterable<Call>): (call: Call) => Func | null {
  const suspects = suspectsAround(ev.program, calls);
  const traces = [...suspects].map(
    (f): Trace => ({ func: f, held: new Map([[f, "function"]]), from: [], live: false }),
  );
  follow(ev, traces);
  const dead = new Set(traces.filter(({ live }) => !live).map(({ func: f }) => f));
  const around = (within: Func | null): Func | null => {
    for (let f = within; f !== null; f = f.outer) if (dead.has(f)) return f;
    return null;
  };
  for (let size = -1; size !== dead.size; ) {
    size = dead.size;
    for (const { func: f, from } of traces) if (from.some((within) => around(within) === null)) dead.delete(f);
  }
  return ({ within }) => around(within);
}

/** Told by the names alone: neither called where all can see it, nor given to a call, nor a method of a class. */
function suspectsAround(program: Program, calls: Iterable<Call>): Set<Func> {
  const judged = new Map<Func, boolean>();
  const inSuspect = (within: Func | null): boolean => {
    let found = false;
    for (let f = within; f !== null; f = f.outer) found = isSuspect(f) || found;
    return found;
  };
  const isSuspect = (f: Func): boolean => {
    const known = judged.get(f);
    if (known !== undefined) return known;
    judged.set(f, true);
    const suspect = looksUncalled(program, f, inSuspect);
    judged.set(f, suspect);
    return suspect;
  };
  for (const { within } of calls) inSuspect(within);
  return new Set([...judged].flatMap(([f, suspect]) => (suspect ? [f] : [])));
}

function looksUncalled(program: Program, f: Func, inSuspect: (within: Func | null) => boolean): boolean {
  if (classOf(f) !== null) return false;
  if (f.passedTo.length > 0 || program.invoked.has(f)) return false;
  const holders = program.holders.get(f) ?? [];
  const own = new Set(holders.map(({ name }) => name));
  const names = [...f.aliases.filter((name) => !own.has(name)), ...holders.flatMap(({ aliases }) => aliases)];
  if (names.some((name) => program.callsOfMember.has(name) || program.destructuredFrom.has(name))) return false;
  return holders.every(
    (v) => v.passedTo.length === 0 && (program.callsOf.get(v) ?? []).every(({ within }) => inSuspect(within)),
  );
}

/** What is followed in one round, and where in the program it may be used. */
class Round {
  readonly traces = new Map<object, Trace[]>();
  readonly units = new Set<Unit>();

  add(holder: object, trace: Trace, units: readonly Unit[]): void {
    const known = this.traces.get(holder);
    if (known === undefined) this.traces.set(holder, [trace]);
    else known.push(trace);
    for (const unit of units) this.units.add(unit);
  }
}

function follow(ev: Questions, traces: readonly Trace[]): void {
  let round = new Round();
  for (const trace of traces) round.add(trace.func, trace, [trace.func.unit]);
  for (let rounds = 0; round.traces.size > 0; rounds++) {
    const met: { trace: Trace; used: object; use: Use; unit: Unit }[] = [];
    eachUse(round.units, round.traces, (used, use, unit) => {
      for (const trace of round.traces.get(used) ?? []) met.push({ trace, used, use, unit });
    });
    // a function that nothing mentions is run in some way of its own: a getter
    if (rounds === 0) {
      const mentioned = new Set(met.map(({ trace }) => trace));
      for (const trace of traces) trace.live = !mentioned.has(trace);
    }
    const next = new Round();
    for (const { trace, used, use, unit } of met) {
      if (trace.live) continue;
      const add = (holder: object, role: Role, units: readonly Unit[]) => {
        if (trace.held.has(holder)) return;
        trace.held.set(holder, role);
        next.add(holder, trace, units);
      };
      trace.live = rounds >= FIND_BOUNDS.unreachableRounds || !understood({ ev, trace, used, unit, add }, use);
    }
    round = next;
  }
}

/** One use of what leads to a function. */
interface Step {
  ev: Questions;
  trace: Trace;
  used: object;
  unit: Unit;
  /** @param units where the holder may be used */
  add: (holder: object, role: Role, units: readonly Unit[]) => void;
}

function understood(step: Step, use: Use): boolean {
  const { ev, trace, used, add } = step;
  const role = trace.held.get(used)!;
  if (use.kind === "escapes") return false;
  if (role === "module") return use.kind === "part" && isMark(use.of, used);
  if (use.kind === "defines") {
    add(use.variable, role, unitsThatUse(ev.program, use.variable));
    return true;
  }
  if (use.kind === "writes") return typeof role === "object" && isWholeExport(step, use, role);
  return role === "function" ? usedAsFunction(step, use.of) : usedAsHolder(step, use.of, role);
}

const isIt = (e: Expr | undefined, used: object): boolean => e !== undefined && usedIn(e) === used;

function usedAsFunction(step: Step, of: Expr): boolean {
  if (of.kind === "call") {
    step.trace.from.push(of.within);
    return !of.arguments.some((a) => isIt(a, step.used));
  }
  return of.kind === "object" && isKeptIn(step, of);
}

/** As members of an object none of whose methods speaks of the object itself. */
function isKeptIn({ used, unit, add }: Step, of: ObjectExpr): boolean {
  for (const m of of.members) {
    if (m.kind === "getter") continue;
    if (m.kind === "value" && m.value.kind === "function" && m.value.func.usesThis) return false;
    if (!isIt(m.value, used)) continue;
    if (m.kind !== "value") return false;
    add(of, { member: m.key }, [unit]);
  }
  return true;
}

function usedAsHolder({ ev, used, unit, add }: Step, of: Expr, role: { member: string }): boolean {
  switch (of.kind) {
    case "member":
      return of.property !== role.member;
    case "compare":
      return of.operator === "===" || of.operator === "!==";
    case "not":
      return true;
    case "conditional":
      if (isIt(of.consequent, used) || isIt(of.alternate, used)) add(of, role, [unit]);
      return true;
    case "choice":
    case "default":
    case "await":
      add(of, role, [unit]);
      return true;
    case "call":
      if (isIt(of.callee, used) || !adaptsModules(ev, of)) return false;
      add(of, role, [unit]);
      return true;
    default:
      return false;
  }
}

/** The bundler's helper that makes of a CommonJS module what `import` gives. */
function adaptsModules(ev: Questions, call: Call): boolean {
  const callees = ev.ask(null, (ev) => ev.evaluate(call.callee, null));
  const functions = callees.filter((v) => v.kind === "function");
  // `this && this.helper || function (mod) {…}`
  return (
    functions.length > 0 &&
    functions.every((v) => v.func.interop) &&
    callees.every((v) => v.kind === "function" || v.kind === "text")
  );
}

/** `module.exports = {…}` in a function that a bundler made of a file: held by every call that yields the module. */
function isWholeExport(
  { ev, add }: Step,
  { variable: v, path }: { variable: Variable; path: readonly string[] },
  role: { member: string },
): boolean {
  if (path.length !== 1 || path[0] !== "exports") return false;
  const requires = ev.program.units.flatMap(({ calls }) =>
    calls
      .filter(mayRequire)
      .flatMap((call) =>
        ev
          .ask(null, (ev) => ev.evaluate(call, null))
          .flatMap((x) => (x.kind === "exports" ? [{ call, module: x.module }] : [])),
      ),
  );
  const module = [...ev.program.bundled.values()].find((m) => m.factory.paramVariables[m.module] === v);
  if (module === undefined) return false;
  for (const i of [module.module, module.exports]) {
    const own = module.factory.paramVariables[i];
    if (own) add(own, "module", [module.factory.unit]);
  }
  for (const { call, module: of } of requires) if (of.factory === module.factory) add(call, role, [call.unit]);
  return true;
}

/** `Object.defineProperty(exports, "__esModule", {value: true})` */
const isMark = (of: Expr, used: object): boolean =>
  of.kind === "call" &&
  isIt(of.arguments[0], used) &&
  of.arguments[1]?.kind === "literal" &&
  of.arguments[1].value === "__esModule";
