import type { Call, Expr } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import { sameValue } from "../domain/equality.ts";
import type { Argument, ClassValue, InstanceValue, Value, Values } from "../domain/value.ts";
import { BOUNDS } from "./bounds.ts";
import { type Env, type Frame, newEnv } from "./env.ts";
import type { Evaluator } from "./evaluator.ts";

/** A frame whose caller is known. */
export type KnownFrame = Frame & { args: readonly Argument[] };

export const argumentOf = (a: Expr, env: Env | null): Argument =>
  a.kind === "spread" ? { rest: a.argument, env } : { expression: a, env };

/** What an argument is. */
export function valuesOfArgument(ev: Evaluator, a: Exclude<Argument, { rest: Expr }>): Values {
  if (!("expression" in a)) return a.values;
  return a.values ?? ev.evaluate(a.expression, a.env);
}

/** What is given there; undefined where that is nothing, or a list stands before it. */
export const argumentAt = (args: readonly Argument[], i: number): Argument | undefined =>
  args.slice(0, i + 1).some((a) => "rest" in a) ? undefined : args[i];

/** What a call gives, one by one. */
export const argumentsOf = (e: Call, env: Env | null): Argument[] => e.arguments.map((a) => argumentOf(a, env));

/**
 * The environments of calls. A call that is asked about again, under another calling context say, is the same call: its
 * environment is the one made before, and what was found in that without a context holds.
 *
 * `send(path)` asked under forty callers: what `send` reads from its own module is computed once, not forty times.
 */
export class CallFrames {
  /** Of calls that stand in no environment. */
  #outermost = new Map<Call, readonly Argument[]>();
  #inside = new WeakMap<Env, Map<Call, readonly Argument[]>>();
  #environments = new WeakMap<readonly Argument[], Env[]>();
  #instances = new WeakMap<readonly Argument[], InstanceValue[]>();
  #made = 0;

  /** What a call gives; the same list each time. */
  argumentsOf(call: Call, env: Env | null): readonly Argument[] {
    const known = this.#callsIn(env);
    let args = known.get(call);
    if (args === undefined) {
      args = argumentsOf(call, env);
      known.set(call, args);
    }
    return args;
  }

  /** The environment of a call of `f`. */
  enter(f: Func, outer: Env | null, { args, self }: KnownFrame, depth: number): Env {
    const made = this.#environments.get(args) ?? [];
    for (const env of made)
      if (env.func === f && env.outer === outer && env.depth === depth && isSameReceiver(env.self, self)) return env;
    const env = newEnv(f, outer, { args, self }, depth);
    if (++this.#made > BOUNDS.keptCalls) this.#forget();
    if (made.length < BOUNDS.closures) this.#environments.set(args, [...made, env]);
    return env;
  }

  /** What `new` makes of a class: the same object each time, so that what is seen in it is remembered. */
  instance(of: ClassValue, args: readonly Argument[]): InstanceValue {
    const made = this.#instances.get(args) ?? [];
    for (const instance of made) if (isSame(instance.of, of)) return instance;
    const instance: InstanceValue = { kind: "instance", of, args, writers: [] };
    if (made.length < BOUNDS.closures) this.#instances.set(args, [...made, instance]);
    return instance;
  }

  /** All of them: a value that closes over one environment would keep those of all calls inside. */
  #forget(): void {
    this.#outermost = new Map();
    this.#inside = new WeakMap();
    this.#environments = new WeakMap();
    this.#instances = new WeakMap();
    this.#made = 0;
  }

  #callsIn(env: Env | null): Map<Call, readonly Argument[]> {
    if (env === null) return this.#outermost;
    let known = this.#inside.get(env);
    if (known === undefined) {
      known = new Map();
      this.#inside.set(env, known);
    }
    return known;
  }
}

const isSameReceiver = (a: Values | null, b: Values | null): boolean =>
  a === b || (a !== null && b !== null && a.length === b.length && a.every((v, i) => isSame(v, b[i]!)));

/** Does a function see the same in both? Closer than equality, which asks what can be told apart in a report. */
function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (!sameValue(a, b) || !hasSameWriters(a, b)) return false;
  if (a.kind === "object" && b.kind === "object") return a.without.length === 0 && b.without.length === 0;
  if (a.kind === "instance" && b.kind === "instance")
    return a.assumed === b.assumed && a.asSuper === undefined && b.asSuper === undefined;
  if (a.kind === "function" && b.kind === "function") return a.self === b.self && a.bound === b.bound;
  return a.kind !== "native" && a.kind !== "array";
}

const hasSameWriters = (a: Value, b: Value): boolean =>
  !("writers" in a && "writers" in b) ||
  a.writers.every(({ variable, env }, i) => variable === b.writers[i]?.variable && env === b.writers[i]?.env);
