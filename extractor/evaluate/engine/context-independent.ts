import type { Expr, Guard } from "../../ir/expression.ts";
import { operandsOf } from "../../ir/operands.ts";
import type { Definition, Variable } from "../../ir/unit.ts";

const known = new WeakMap<Expr | Variable, boolean>();

/** Does an expression mean the same in every call of the function it stands in? It reads nothing but names of the top level. */
export function isContextIndependent(e: Expr): boolean {
  switch (e.kind) {
    case "literal":
      return true;
    case "ref":
      return e.variable.owner === null || isContextIndependentVariable(e.variable);
    case "param":
    case "this":
    case "function":
    case "class":
    case "unknown":
      return false;
    default: {
      let is = known.get(e);
      if (is === undefined) {
        is =
          operandsOf(e).every(isContextIndependent) &&
          !(e.kind === "object" && e.members.some((m) => m.kind === "getter"));
        known.set(e, is);
      }
      return is;
    }
  }
}

/** A local one that is given nothing else. */
export function isContextIndependentVariable(v: Variable): boolean {
  let is = known.get(v);
  if (is === undefined) {
    // one that is made of itself changes
    known.set(v, false);
    const { definitions, writes, mutations } = v;
    is =
      definitions.length > 0 &&
      writes.length === 0 &&
      mutations.length === 0 &&
      definitions.every(isContextIndependentDefinition);
    known.set(v, is);
  }
  return is;
}

function isContextIndependentDefinition({ expression: e, guard }: Definition): boolean {
  for (let g: Guard | null = guard; g !== null; g = g.outer) if (!isContextIndependent(g.test)) return false;
  return isContextIndependent(e);
}
