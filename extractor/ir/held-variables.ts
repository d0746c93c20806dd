import type { Program } from "./program.ts";
import type { Variable } from "./unit.ts";

/** Variables that hold what some hold, however often it is handed on, these included. */
export function allHolding({ heldBy }: Pick<Program, "heldBy">, held: readonly Variable[]): Set<Variable> {
  const all = new Set<Variable>();
  const queue = [...held];
  for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
    if (all.has(v)) continue;
    all.add(v);
    queue.push(...(heldBy.get(v) ?? []));
  }
  return all;
}
