import type { Expr } from "./expression.ts";
import { operandsOf } from "./operands.ts";
import type { Program } from "./program.ts";
import type { ClassMember, Unit, Variable } from "./unit.ts";

/**
 * The file of each of the expressions: they don't carry it, since hardly anybody asks. Walks the program until all
 * are found; those that no unit holds are missing from the result.
 */
export function filesOf(program: Program, wanted: ReadonlySet<object>): Map<object, string> {
  const found = new Map<object, string>();
  for (const unit of program.units) {
    if (found.size === wanted.size) break;
    const seen = new Set<Expr>();
    const stack = rootsOf(unit);
    for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
      if (seen.has(e)) continue;
      seen.add(e);
      if (wanted.has(e)) found.set(e, unit.file);
      for (const inner of operandsOf(e)) stack.push(inner);
    }
  }
  return found;
}

/** Everything of a unit that expressions hang on. */
function rootsOf(unit: Unit): Expr[] {
  const ofVariable = (v: Variable): Expr[] => [
    ...v.definitions.map(({ expression: e }) => e),
    ...v.writes.map(({ expression: e }) => e),
  ];
  const ofMember = (m: ClassMember): Expr[] => (m.kind === "field" ? [m.expression] : []);
  return [
    ...[...unit.names.values(), ...unit.blockVariables].filter((v) => v.standsFor === null).flatMap(ofVariable),
    ...unit.functions.flatMap((f) => [
      ...f.returns.map(({ expression: e }) => e),
      ...f.thisWrites.map(({ expression: e }) => e),
      ...f.variables.flatMap(ofVariable),
    ]),
    ...unit.classes.flatMap((c) => [...c.methods.values(), ...c.statics.values()].flatMap(ofMember)),
    ...unit.calls,
    ...unit.exports.flatMap((x) => (x.kind === "value" ? [x.expression] : [])),
  ];
}
