import type { Evaluator } from "./evaluator.ts";

/** A look into a closure; `again` is what is seen where the same look is in progress already. */
export interface Look<V, T> {
  read: PropertyReader<V, T>;
  again: T;
}

/** Reads a member of a closure. */
export type PropertyReader<V, T> = (ev: Evaluator, value: V, key: string) => T;
