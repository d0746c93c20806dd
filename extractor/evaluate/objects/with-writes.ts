import type { PropertyWrites, Value, Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/**
 * What is written through a variable, laid over a value that it holds: once, however often the value passes through
 * it.
 */
export function withWrites(ev: Evaluator, values: Values, writes: PropertyWrites): Values {
  return values.map((v): Value => {
    if (!("writers" in v) || v.writers.some((o) => sameWrites(o, writes))) return v;
    if (v.writers.length < BOUNDS.writers) return { ...v, writers: [...v.writers, writes] };
    ev.log.add("cut-alternatives", `an object that more than ${BOUNDS.writers} variables write to`);
    return v;
  });
}

const sameWrites = (a: PropertyWrites, b: PropertyWrites): boolean =>
  a.variable === b.variable &&
  a.env === b.env &&
  a.at.length === b.at.length &&
  a.at.every((key, i) => key === b.at[i]);
