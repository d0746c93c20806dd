import type { Expr } from "./expression.ts";
import type { Program } from "./program.ts";
import type { ClassMember, Unit, Variable } from "./unit.ts";

/**
 * The file of each of the expressions: they don't carry it, since hardly anybody asks. Walks the program until all are found;
 * those that no unit holds are missing from the result.
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
      for (const inner of partsOf(e)) stack.push(inner);
    }
  }
  return found;
}

/** Everything of a unit that expressions hang on. */
function rootsOf(unit: Unit): Expr[] {
  const ofVariable = (v: Variable): Expr[] => [...v.definitions.map(({ e }) => e), ...v.writes.map(({ e }) => e)];
  const ofMember = (m: ClassMember): Expr[] => (m.k === "field" ? [m.e] : []);
  return [
    ...[...unit.names.values()].filter((v) => v.home === null).flatMap(ofVariable),
    ...unit.functions.flatMap((f) => [
      ...f.returns.map(({ e }) => e),
      ...f.thisWrites.map(({ e }) => e),
      ...f.variables.flatMap(ofVariable),
    ]),
    ...unit.classes.flatMap((c) => [...c.methods.values(), ...c.statics.values()].flatMap(ofMember)),
    ...unit.calls,
    ...unit.exports.flatMap((x) => (x.k === "value" ? [x.e] : [])),
  ];
}

function partsOf(e: Expr): Expr[] {
  switch (e.k) {
    case "concat":
      return e.parts;
    case "member":
      return [e.o];
    case "index":
      return [e.o, e.i];
    case "call":
      return [e.f, ...e.a];
    case "object":
      return e.members.flatMap((m) => (m.k === "getter" ? [] : m.k === "computed" ? [m.key, m.e] : [m.e]));
    case "array":
      return e.items;
    case "choice":
    case "compare":
      return [e.l, e.r];
    case "conditional":
      return [e.test, e.yes, e.no];
    case "default":
      return [e.e, e.d];
    case "spread":
    case "not":
    case "await":
    case "rest":
    case "element":
      return [e.e];
    case "module":
      return [e.specifier];
    default:
      return [];
  }
}
