import { type Argument, type NativeValue, native, string, type Values } from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "../objects/member.ts";
import { apply } from "../transfer/call.ts";
import { argument, argumentList } from "../transfer/compute.ts";

/** `new Proxy(target, handler)`: its target, unless the handler says what its members or its calls are. */
export function proxied(ev: Evaluator, args: readonly Argument[]): Values {
  const handlers = args.length > 1 ? argument(ev, args, 1) : [];
  const isTrapped = ["get", "apply"].some((trap) => trapsOf(ev, handlers, trap).length > 0);
  return isTrapped ? [native(PROXY, args)] : argument(ev, args, 0);
}

export const isProxy = ({ path }: NativeValue): boolean => path === PROXY;

/** A member, as the handler gives it; of the target where it does not say. */
export function proxyMember(ev: Evaluator, proxy: NativeValue, key: string): Values {
  const target = argument(ev, proxy.args, 0);
  const traps = trapsOf(ev, argument(ev, proxy.args, 1), "get");
  if (traps.length === 0) return memberOf(ev, target, key);
  return traps.flatMap((trap) =>
    apply(ev, trap, { args: [{ values: target }, { values: [string(key)] }], self: null }, null),
  );
}

/** A call of it: the handler gets the arguments as a list. */
export function proxyCall(ev: Evaluator, proxy: NativeValue, args: readonly Argument[], env: Env | null): Values {
  const target = argument(ev, proxy.args, 0);
  const traps = trapsOf(ev, argument(ev, proxy.args, 1), "apply");
  if (traps.length === 0) return target.flatMap((f) => apply(ev, f, { args, self: null }, env));
  const given: Argument[] = [{ values: target }, { values: [] }, { values: argumentList(ev, args) }];
  return traps.flatMap((trap) => apply(ev, trap, { args: given, self: null }, env));
}

const PROXY = "Proxy";

const trapsOf = (ev: Evaluator, handlers: Values, trap: string): Values =>
  handlers.flatMap((h) => (h.kind === "object" ? memberOf(ev, [h], trap).filter((v) => v.kind === "function") : []));
