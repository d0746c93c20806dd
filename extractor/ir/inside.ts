import type { Func } from "./unit.ts";

/** Is a function another one, or written inside it? */
export function isInside(f: Func | null, of: Func): boolean {
  for (let g = f; g !== null; g = g.outer) if (g === of) return true;
  return false;
}
