import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Variable, Write } from "../../ir/unit.ts";
import { truth } from "../domain/choice.ts";
import { join, type Values } from "../domain/value.ts";

/**
 * What a write to a member puts there only where it holds nothing: `e` of `o.m = o.m || e`; null where it is no such
 * write.
 */
export function fallbackWrite(v: Variable, { expression: e, path }: Write): Expr | null {
  return e.kind === "choice" && e.operator !== "&&" && isMemberOf(e.left, v, path) ? e.right : null;
}

export function isMemberOf(e: Expr, v: Variable, path: readonly string[]): boolean {
  let inner = e;
  for (let i = path.length - 1; i >= 0; i--) {
    if (inner.kind !== "member" || inner.property !== path[i]) return false;
    inner = inner.object;
  }
  return inner.kind === "ref" && canonical(inner.variable) === v;
}

/** Values of a member with what stands in where it may hold nothing; `missing`: it may, whatever the values say. */
export function orElse(values: Values, standIns: Values, missing: boolean): Values {
  if (standIns.length === 0 || (!missing && truth(values) === true)) return values;
  return join(
    values.filter((v) => truth([v]) !== false),
    standIns,
  );
}
