import type { Expr } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func } from "../../ir/unit.ts";
import type { Argument, Values } from "../domain/value.ts";
import type { Results } from "./memo.ts";

/** One call: what the parameters and `this` of a function are. `args` null: its caller isn't known. */
export interface Frame {
  args: readonly Argument[] | null;
  self: Values | null;
  /** For assumed callers: what the method was called on, in the caller's terms. */
  receiver?: Expr;
}

export interface Env extends Frame {
  func: Func;
  /** The environment that the function was made in. */
  outer: Env | null;
  /** Calls on the way here, for the depth bound. */
  depth: number;
  /** What was found in it without assuming callers. */
  results: Results | null;
}

export const newEnv = (f: Func, outer: Env | null, { args, self }: Frame, depth: number): Env => ({
  func: f,
  outer,
  args,
  self,
  depth,
  results: null,
});

/** The environment of the innermost call of `f` around `env`; null where there is none. */
export function envOf(env: Env | null, f: Func | null): Env | null {
  if (f === null) return null;
  for (let e = env; e !== null; e = e.outer) if (e.func === f) return e;
  return null;
}

const known = new CacheKey<object, Map<Func, Env>>();

/** The environment made last for this function and key, if it is the same call: asked twice, it meets the same memo. */
export function rememberedEnv({ cache }: Program, key: object, made: Env): Env {
  const byFunction = cache.once(known, key, () => new Map<Func, Env>());
  const last = byFunction.get(made.func);
  if (last !== undefined && last.outer === made.outer && last.args === made.args) return last;
  byFunction.set(made.func, made);
  return made;
}

export const callDepth = (env: Env | null): number => env?.depth ?? 0;
