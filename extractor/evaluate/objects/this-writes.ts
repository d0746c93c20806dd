import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { type Func, newVariable, type Variable, type Write } from "../../ir/unit.ts";
import type { PropertyWrites, Values } from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { withWrites } from "./with-writes.ts";

/** `this.settings.base = e`: no value of the member, but of what it holds. */
export const isDeep = ({ path, key }: Write): boolean => path.length > 1 || key !== null;

const holders = new CacheKey<Func, Variable>();

/** What a function writes to `this`, as if it were a variable: writers are made of those. */
const holderOf = ({ cache }: Program, f: Func): Variable =>
  cache.once(holders, f, () => ({ ...newVariable("this", f, false), writes: f.thisWrites }));

/** One writes per function, however much it writes there. @param env a call of the function */
export function addThisWrites({ program }: Evaluator, writers: PropertyWrites[], env: Env, key: string): void {
  const v = holderOf(program, env.func);
  if (!writers.some((o) => o.variable === v)) writers.push({ variable: v, env, at: [key] });
}

export function withAllWrites(ev: Evaluator, values: Values, writers: readonly PropertyWrites[]): Values {
  return writers.reduce((all, writes) => withWrites(ev, all, writes), values);
}
