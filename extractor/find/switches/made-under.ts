import type { Expr, Guard } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/**
 * Functions that another returns, with the conditions around that.
 *
 * ```js
 * function reporter() { if (process.env.OFF) return () => {}; return (event) => send(event); }
 * ```
 */
export class MadeUnder {
  readonly #byMaker = new Map<Func, ReadonlyMap<Func, Guard>>();

  /** Null: none, or it is made elsewhere. */
  of(f: Func): Guard | null {
    if (f.outer === null) return null;
    let made = this.#byMaker.get(f.outer);
    if (made === undefined) {
      made = new Map(
        f.outer.returns.flatMap(({ expression, guard }) =>
          guard === null ? [] : functionsIn(expression, FIND_BOUNDS.returnedDepth).map((one) => [one, guard] as const),
        ),
      );
      this.#byMaker.set(f.outer, made);
    }
    return made.get(f) ?? null;
  }
}

function functionsIn(e: Expr, depth: number): Func[] {
  if (depth === 0) return [];
  if (e.kind === "function") return [e.func];
  if (e.kind === "array") return e.items.flatMap((item) => functionsIn(item, depth - 1));
  if (e.kind !== "object") return [];
  return e.members.flatMap((m) => (m.kind === "value" ? functionsIn(m.value, depth - 1) : []));
}
