import type { Env } from "./env.ts";
import type { Values } from "./value.ts";

/** In progress (`values` null), or done; `low`: the outermost evaluation in progress that the result leans on. */
export interface Entry {
  values: Values | null;
  low: number;
}

/** Expressions, and variables by themselves: every mention of one has the same values. */
export type Results = Map<object, Entry>;

interface Look {
  result: unknown;
  low: number;
}

/** Everything found out under one set of assumptions about callers. */
export interface Memo {
  root: Results;
  inside: WeakMap<Env, Results>;
  looks: WeakMap<object, Map<string, Look>>;
}

export const newMemo = (): Memo => ({ root: new Map(), inside: new WeakMap(), looks: new WeakMap() });

/** Results of expressions that stand in an environment; null for the top level, and for functions whose caller isn't known. */
export function resultsIn(memo: Memo, env: Env | null): Results {
  if (env === null) return memo.root;
  let results = memo.inside.get(env);
  if (results === undefined) {
    results = new Map();
    memo.inside.set(env, results);
  }
  return results;
}
