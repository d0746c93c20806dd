import type { Argument, NativeValue, Value, Values } from "../domain/value.ts";
import type { Env } from "./env.ts";
import type { Evaluator } from "./evaluator.ts";

/** What the runtime does when it is called: handed to the evaluator, so that its own code does not import all of it. */
export interface Natives {
  call(ev: Evaluator, f: NativeValue, args: readonly Argument[], env: Env | null): Values;
  /** Null where the object's own members decide. */
  method(ev: Evaluator, method: { of: Value; name: string }, args: readonly Argument[], env: Env | null): Values | null;
}
