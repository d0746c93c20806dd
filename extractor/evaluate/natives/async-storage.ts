import type { Call } from "../../ir/expression.ts";
import { type Argument, joinAll, type NativeValue, native, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { apply } from "../transfer/call.ts";
import { argument } from "../transfer/compute.ts";

const STORAGE = "AsyncLocalStorage";

/** `new AsyncLocalStorage()`; its arguments tell one from another, for there are none. */
export const asyncStorage = (_ev: Evaluator, args: readonly Argument[]): Values => [native(STORAGE, args)];

/**
 * `storage.run(context, f)` yields what `f` does; `storage.getStore()` whatever some `run` or `enterWith` of the same
 * storage is given. Null for anything else.
 */
export function asyncStorageMethod(
  ev: Evaluator,
  { of, name }: { of: NativeValue; name: string },
  args: readonly Argument[],
  env: Env | null,
): Values | null {
  if (of.path !== STORAGE) return null;
  const to = name === "run" ? 1 : name === "exit" ? 0 : -1;
  if (to >= 0)
    return joinAll(argument(ev, args, to).map((f) => apply(ev, f, { args: args.slice(to + 1), self: null }, env)));
  return name === "getStore" ? joinAll(["run", "enterWith"].map((set) => storedBy(ev, of, set))) : null;
}

function storedBy(ev: Evaluator, storage: NativeValue, set: string): Values {
  const calls = ev.program.callsOfMember.get(set) ?? [];
  return joinAll(
    calls
      .slice(0, BOUNDS.storageCalls)
      .map((call) => (isOf(ev, call, storage) ? argument(ev, argumentsOf(call, null), 0) : [])),
  );
}

const isOf = (ev: Evaluator, { callee, arguments: a }: Call, storage: NativeValue): boolean =>
  a.length > 0 &&
  callee.kind === "member" &&
  ev.evaluate(callee.object, null).some((v) => v.kind === "native" && v.path === STORAGE && v.args === storage.args);
