import type { Env } from "./env.ts";
import type { Entry } from "./provisional-results.ts";

/** Expressions, and variables by themselves: every mention of one has the same values. */
export type Results = Map<object, Entry>;

/** What was seen in an object or an instance, under the name of the member. */
export interface PropertyRead {
  result: unknown;
  lowLink: number;
}

/** Everything found out under one set of assumptions about callers. */
export interface Memo {
  root: Results;
  /**
   * By environment. Without assumptions null: an environment holds what was found in it so itself, and goes with it.
   */
  inside: Map<Env, Results> | null;
  propertyReads: Pick<WeakMap<object, Map<string, PropertyRead>>, "get" | "set">;
}

/** Without assumptions: it stays to the end, and must keep nothing alive. */
export const lastingMemo = (): Memo => ({ root: new Map(), inside: null, propertyReads: new WeakMap() });
/** It goes with its context, and weak maps are dear. */
export const contextMemo = (): Memo => ({ root: new Map(), inside: new Map(), propertyReads: new Map() });

/**
 * Results of expressions that stand in an environment; null for the top level, and for functions whose caller isn't
 * known.
 */
export function resultsIn(memo: Memo, env: Env | null): Results {
  if (env === null) return memo.root;
  if (memo.inside === null) {
    env.results ??= new Map();
    return env.results;
  }
  let results = memo.inside.get(env);
  if (results === undefined) {
    results = new Map();
    memo.inside.set(env, results);
  }
  return results;
}
