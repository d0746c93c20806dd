import type { Program } from "../../ir/program.ts";
import type { ClassDef, Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";

/**
 * What `this.name()` runs in a method of a class that others extend: by the classes below it that objects are made of,
 * and itself. Null where none overrides it.
 */
export function methodsOfMade(callers: Callers, program: Program, c: ClassDef, name: string): readonly Func[] | null {
  const found: { of: ClassDef; method: Func }[] = [];
  let isOverridden = false;
  const queue = [{ of: c, inherited: null as Func | null }];
  for (let i = 0; i < queue.length; i++) {
    const { of, inherited } = queue[i]!;
    const own = of.methods.get(name);
    if ((own !== undefined && own.kind !== "method") || i > FIND_BOUNDS.conditionSubclasses) return null;
    isOverridden ||= own !== undefined && i > 0;
    const method = own?.func ?? inherited;
    if (method !== null) found.push({ of, method });
    for (const child of callers.hierarchy.childrenOf(of)) queue.push({ of: child, inherited: method });
  }
  if (!isOverridden) return null;
  return [...new Set(found.flatMap(({ of, method }) => (isMade(callers, program, of) ? [method] : [])))];
}

const isMade = (callers: Callers, { callsOf }: Program, c: ClassDef): boolean =>
  [...callers.holdersOf(c)].some(
    (v) => v.aliases.length > 0 || (callsOf.get(v) ?? []).some(({ construct }) => construct),
  );
