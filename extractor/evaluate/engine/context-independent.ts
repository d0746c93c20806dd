import type { Expr, Guard } from "../../ir/expression.ts";
import { operandsOf } from "../../ir/operands.ts";
import { CacheKey, type ProgramCache } from "../../ir/program-cache.ts";
import type { Definition, Variable } from "../../ir/unit.ts";

const known = new CacheKey<Expr | Variable, boolean>();

/**
 * Does an expression mean the same in every call of the function it stands in? It reads nothing but names of the top
 * level.
 */
export function isContextIndependent(cache: ProgramCache, e: Expr): boolean {
  switch (e.kind) {
    case "literal":
      return true;
    case "ref":
      return e.variable.owner === null || isContextIndependentVariable(cache, e.variable);
    case "param":
    case "this":
    case "function":
    case "class":
    case "unknown":
      return false;
    default: {
      let is = cache.of(known).get(e);
      if (is === undefined) {
        is =
          operandsOf(e).every((part) => isContextIndependent(cache, part)) &&
          !(e.kind === "object" && e.members.some((m) => m.kind === "getter"));
        cache.of(known).set(e, is);
      }
      return is;
    }
  }
}

/** A local one that is given nothing else. */
export function isContextIndependentVariable(cache: ProgramCache, v: Variable): boolean {
  let is = cache.of(known).get(v);
  if (is === undefined) {
    // one that is made of itself changes
    cache.of(known).set(v, false);
    const { definitions, writes, mutations } = v;
    is =
      definitions.length > 0 &&
      writes.length === 0 &&
      mutations.length === 0 &&
      definitions.every((d) => isContextIndependentDefinition(cache, d));
    cache.of(known).set(v, is);
  }
  return is;
}

function isContextIndependentDefinition(cache: ProgramCache, { expression: e, guard }: Definition): boolean {
  for (let g: Guard | null = guard; g !== null; g = g.outer) if (!isContextIndependent(cache, g.test)) return false;
  return isContextIndependent(cache, e);
}
