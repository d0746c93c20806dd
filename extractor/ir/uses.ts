import type { Expr } from "./expression.ts";
import { operandsOf } from "./operands.ts";
import { canonical, type Program } from "./program.ts";
import type { ClassMember, Func, Unit, Variable } from "./unit.ts";

/** What becomes of a value where it stands. `escapes`: it is returned, exported, kept in a field. */
export type Use =
  | { kind: "part"; of: Expr }
  | { kind: "defines"; variable: Variable }
  | { kind: "writes"; variable: Variable; path: readonly string[] }
  | { kind: "escapes" };

/** What is used: a variable by any of its names, a function by any expression that makes it, else the expression. */
export function usedIn(e: Expr): Variable | Func | Expr {
  if (e.kind === "ref") return canonical(e.variable);
  return e.kind === "function" ? e.func : e;
}

const ESCAPES: Use = { kind: "escapes" };

/**
 * Units where a name may be used: those that know a name of the file's top level, the function's own for all others.
 */
export function unitsThatUse(program: Program, v: Variable): Unit[] {
  if (v.owner !== null) return [v.owner.unit];
  return program.units.filter(({ names }) => {
    const own = names.get(v.name);
    return own !== undefined && canonical(own) === v;
  });
}

/**
 * All uses of some expressions, variables and functions in some units, each in one place told once.
 * @param wanted by what `usedIn` says of them
 */
export function eachUse(
  units: Iterable<Unit>,
  wanted: { has(used: object): boolean },
  visit: (used: object, use: Use, unit: Unit) => void,
): void {
  for (const unit of units) {
    eachUseIn(unit, wanted, (used, use) => visit(used, use, unit));
  }
}

/** What nothing is part of, most of all expressions. */
const LEAVES = new Set<Expr["kind"]>(["literal", "ref", "param", "function", "class", "this", "regexp", "unknown"]);

function eachUseIn(unit: Unit, wanted: { has(used: object): boolean }, visit: (used: object, use: Use) => void): void {
  const seen = new Set<Expr>();
  const stack: Expr[] = [];
  const walk = (start: Expr, use: Use | null) => {
    if (use !== null && wanted.has(usedIn(start))) visit(usedIn(start), use);
    if (LEAVES.has(start.kind)) return;
    stack.push(start);
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      if (seen.has(e)) continue;
      seen.add(e);
      for (const part of operandsOf(e)) {
        const used = usedIn(part);
        if (wanted.has(used)) visit(used, { kind: "part", of: e });
        if (!LEAVES.has(part.kind)) stack.push(part);
      }
    }
  };
  const ofVariable = (v: Variable) => {
    for (const { expression: e } of v.definitions) walk(e, { kind: "defines", variable: canonical(v) });
    for (const { path, key, expression: e } of v.writes) {
      walk(e, { kind: "writes", variable: canonical(v), path });
      if (key !== null) walk(key, ESCAPES);
    }
  };
  const ofMember = (m: ClassMember) => {
    if (m.kind === "field") walk(m.expression, ESCAPES);
  };
  for (const v of [...unit.names.values(), ...unit.blockVariables]) ofVariable(v);
  for (const f of unit.functions) {
    for (const { expression: e } of [...f.returns, ...f.thisWrites]) walk(e, ESCAPES);
    for (const v of f.variables) ofVariable(v);
  }
  for (const { expression: e } of unit.resultWrites) walk(e, ESCAPES);
  for (const c of unit.classes) {
    if (c.parent !== null) walk(c.parent, ESCAPES);
    for (const m of [...c.methods.values(), ...c.statics.values()]) ofMember(m);
  }
  for (const call of unit.calls) walk(call, null);
  for (const x of unit.exports) if (x.kind === "value") walk(x.expression, ESCAPES);
}
