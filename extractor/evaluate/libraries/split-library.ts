import type { Func } from "../../ir/unit.ts";
import { type Argument, type InstanceValue, type NativeValue, NOTHING, native, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { argument } from "../transfer/compute.ts";

/*
 * What is known of a library where a bundler took its entry file apart: the functions and classes inside.
 */

/**
 * The client that an instance of a class is which extends a known library's; null where that one is none.
 * @param handed what its constructor hands to `super(…)`
 */
export function clientOf(
  ev: Evaluator,
  parent: NativeValue,
  handed: readonly Argument[] | null,
  self: InstanceValue,
): NativeValue | null {
  const { isMade, makes } = ev.options;
  if (isMade(parent.path)) return { ...parent, args: clientArguments(ev, handed, self) };
  const made = makes(`new ${parent.path}`);
  return made === undefined ? null : { ...parent, path: made.client, args: handed ?? self.args ?? [] };
}

/** A library's own classes keep the address they were made with, and hand on the rest. */
function clientArguments(
  ev: Evaluator,
  handed: readonly Argument[] | null,
  { args }: InstanceValue,
): readonly Argument[] {
  const first = handed === null ? NOTHING : argument(ev, handed, 0);
  return handed !== null && first.some((v) => v.kind === "text" || v.kind === "url") ? handed : (args ?? []);
}

/** `const request = onItsOwn(client.request)`: the library's own function around another one; null for other calls. */
export function wrappedMember(ev: Evaluator, f: Func, args: readonly Argument[]): Values | null {
  const [given] = args;
  if (args.length !== 1 || !("expression" in given!) || given.expression.kind !== "member" || !wrapsFirst(f))
    return null;
  const { makes } = ev.options;
  const made = argument(ev, args, 0).flatMap((v) => {
    const made = v.kind === "native" ? makes(`*(${v.path})`) : undefined;
    return made === undefined ? [] : [native(made.client)];
  });
  return made.length > 0 ? made : null;
}

const wrapsFirst = ({ params, returns }: Func): boolean =>
  params === 1 && returns.length === 1 && returns[0]!.expression.kind === "function";
