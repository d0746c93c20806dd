import type { Unit } from "./unit.ts";

/** What a unit loads: by imports and exports, by `require`, or by a call that is given another file's path. */
export function* specifiersOf(unit: Unit): Iterable<string> {
  yield* unit.loads;
  for (const { specifier } of unit.imports) yield specifier;
  for (const e of unit.exports) if (e.kind !== "value") yield e.specifier;
}
