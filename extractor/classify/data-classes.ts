import type { DataClass } from "../model/signatures/signature.ts";
import { namesMatcher } from "./urls/pattern.ts";

/** Every name is asked about every class: one expression for a class, not one for each of its patterns. */
const compiled = new WeakMap<DataClass, (name: string) => boolean>();

function matcher(dataClass: DataClass): (name: string) => boolean {
  const known = compiled.get(dataClass) ?? namesMatcher(dataClass.fields);
  compiled.set(dataClass, known);
  return known;
}

/** Data classes that the names of fields give away, in the taxonomy's order. */
export function classesOfFields(fields: Iterable<string>, dataClasses: readonly DataClass[]): string[] {
  const names = [...new Set(fields)];
  return dataClasses.filter((dataClass) => names.some(matcher(dataClass))).map(({ id }) => id);
}
