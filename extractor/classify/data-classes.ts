import type { DataClass } from "../model/signature.ts";
import { nameMatches } from "./pattern.ts";

/** Data classes that the names of fields give away, in the taxonomy's order. */
export function classesOfFields(fields: Iterable<string>, dataClasses: readonly DataClass[]): string[] {
  const names = [...new Set(fields)];
  return dataClasses
    .filter((dataClass) => dataClass.fields.some((pattern) => names.some((name) => nameMatches(pattern, name))))
    .map(({ id }) => id);
}
