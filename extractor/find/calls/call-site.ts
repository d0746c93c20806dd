import type { Argument, FunctionValue } from "../../evaluate/domain/value.ts";
import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Frame } from "../../evaluate/engine/env.ts";
import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";

/** One place that calls a function, and what the function gets there, in the terms of the place. */
export interface CallSite {
  call: Call;
  frame: Frame;
  /** Of a member with a computed name: the name under which the call means the function. */
  key?: string;
  /** For what functions around it made: their calls, from the inside out. */
  made?: readonly ClosedOverCall[];
}

export interface ClosedOverCall {
  by: Func;
  frame: Frame;
}

/** The calls that a function closes over. */
export function makersOf({ env }: FunctionValue): ClosedOverCall[] {
  const makers: ClosedOverCall[] = [];
  for (let e = env; e !== null; e = e.outer) if (e.args !== null) makers.push({ by: e.func, frame: e });
  return makers;
}

export function direct(call: Call): CallSite {
  return withArguments(call, argumentsOf(call, null));
}

/** `f.call(self, …)`, `f.apply(self, list)` */
export function shifted(call: Call, listed: boolean): CallSite {
  const [self, ...given] = call.arguments;
  const site = withArguments(
    call,
    listed ? given.map((e) => ({ rest: e, env: null })) : argumentsOf(call, null).slice(1),
  );
  return self ? { call, frame: { ...site.frame, receiver: self } } : site;
}

export function withArguments(call: Call, args: Argument[]): CallSite {
  const frame: Frame = { args, self: null };
  if (call.callee.kind === "member") frame.receiver = call.callee.object;
  return { call, frame };
}

/** May a call have an argument at that place? `f(...list)` may have any. */
export const hasArgument = (args: readonly Argument[], index: number): boolean =>
  index < args.length || args.some((a) => "rest" in a);

/** Each call once, but for those that mean several functions by computed names. */
export function uniqueSites(sites: readonly CallSite[]): CallSite[] {
  const seen = new Set<Call>();
  return sites.filter(({ call, key }) => key !== undefined || (!seen.has(call) && seen.add(call)));
}
