import { argumentsOf } from "../evaluate/call.ts";
import { type Env, envOf } from "../evaluate/env.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Call, Compare, Expr, Guard, Index, Member } from "../ir/expression.ts";
import { homeOf } from "../ir/program.ts";
import type { Func, Variable } from "../ir/unit.ts";
import {
  calleesOf,
  constantOf,
  isEmpty,
  mayFallThrough,
  needed,
  PUTS,
  SIZES,
  switchOf,
  truthOf,
  unsetTruth,
} from "./condition-shapes.ts";
import type { EnvironmentObjects } from "./environment.ts";
import type { FlagReaders } from "./flags.ts";
import {
  and,
  both,
  either,
  equal,
  FALSY,
  GIVEN,
  isVain,
  MISSING,
  NEVER,
  type Needs,
  NO_NEEDS,
  need,
  type Switch,
  TRUTHY,
  unequal,
  type Wish,
} from "./needs.ts";

/** Expressions inside expressions, definitions and predicates. */
const DEPTH = 24;
/** Expressions looked at for one condition. */
const FUEL = 400;

/**
 * What has to hold for a condition to hold: each rule keeps what is needed on every way to a wished value, so nothing is
 * claimed of a switch that another way goes round.
 */
export class Conditions {
  readonly #ev: Evaluator;
  readonly #environments: EnvironmentObjects;
  readonly #flags: FlagReaders;
  readonly #guards = new Map<Guard, Needs>();
  readonly #busy = new Map<Variable | Func, number>();
  #fuel = 0;
  /** What has to hold for a call to be reached, where somebody knows more than what is around it. */
  reached: (call: Call) => Needs = () => NO_NEEDS;
  #asksOthers = false;
  readonly #filling = new Set<Variable>();

  constructor(ev: Evaluator, environments: EnvironmentObjects, flags: FlagReaders) {
    this.#ev = ev;
    this.#environments = environments;
    this.#flags = flags;
  }

  /** For code under a chain of conditions to run. */
  ofGuard(guard: Guard | null): Needs {
    // a loop: thousands of early returns make a chain as long
    const chain: Guard[] = [];
    let needs: Needs | undefined;
    for (let g = guard; g !== null && needs === undefined; g = g.outer) {
      needs = this.#guards.get(g);
      if (needs === undefined) chain.push(g);
    }
    needs ??= NO_NEEDS;
    let settled = true;
    for (const g of chain.reverse()) {
      this.#fuel = FUEL;
      this.#asksOthers = false;
      needs = both(needs, this.#of(g.test, g.is ? TRUTHY : FALSY, null, 0));
      // what others say may rest on what they don't know yet
      settled &&= !this.#asksOthers;
      if (settled) this.#guards.set(g, needs);
    }
    this.#asksOthers ||= !settled;
    return needs;
  }

  /** For an object to be there: `client.send()` comes to nothing where `client` was never made. */
  ofReceiver(e: Expr): Needs {
    if (e.k !== "ref") return NO_NEEDS;
    this.#fuel = FUEL;
    return this.#of(e, GIVEN, null, 0);
  }

  #of(e: Expr, wish: Wish, env: Env | null, depth: number): Needs {
    if (isVain(wish)) return NEVER;
    if (depth > DEPTH || --this.#fuel < 0) return NO_NEEDS;
    const next = depth + 1;
    switch (e.k) {
      case "literal":
        return wish.accepts(e.v) ? NO_NEEDS : NEVER;
      case "object":
      case "array":
      case "function":
      case "class":
      case "regexp":
        return wish.accepts(e) ? NO_NEEDS : NEVER;
      case "not":
        return truthOf(wish, (yes) => this.#of(e.e, yes ? FALSY : TRUTHY, env, next));
      case "await":
        return this.#of(e.e, wish, env, next);
      case "choice": {
        const stays = { "||": TRUTHY, "&&": FALSY, "??": GIVEN }[e.op];
        const passes = { "||": FALSY, "&&": TRUTHY, "??": MISSING }[e.op];
        const left = this.#of(e.l, and(wish, stays), env, next);
        const right = both(this.#of(e.l, passes, env, next), this.#of(e.r, wish, env, next));
        return either(left, right);
      }
      case "conditional":
        return either(
          both(this.#of(e.test, TRUTHY, env, next), this.#of(e.yes, wish, env, next)),
          both(this.#of(e.test, FALSY, env, next), this.#of(e.no, wish, env, next)),
        );
      case "default":
        return either(
          this.#of(e.e, and(wish, GIVEN), env, next),
          both(this.#of(e.e, MISSING, env, next), this.#of(e.d, wish, env, next)),
        );
      case "compare":
        return this.#compared(e, wish, env, next);
      case "param":
        return this.#parameter(e.f, e.i, wish, env, next);
      case "ref":
        return this.#variable(homeOf(e.v), wish, env, next);
      case "member":
      case "index": {
        if (e.k === "member" && SIZES.has(e.p) && !wish.accepts(0)) return this.#filled(e.o);
        const read = this.#switchAt(e, env);
        return read === null ? NO_NEEDS : needed(read, wish);
      }
      case "call":
        return this.#called(e, wish, env, next);
      default:
        return NO_NEEDS;
    }
  }

  #compared(e: Compare, wish: Wish, env: Env | null, depth: number): Needs {
    if (e.op !== "===" && e.op !== "!==") return NO_NEEDS;
    const [l, r] = constantOf(e.l) ? [e.r, constantOf(e.l)] : [e.l, constantOf(e.r)];
    if (!r) return NO_NEEDS;
    return truthOf(wish, (yes) => this.#of(l, yes === (e.op === "===") ? equal(r.v) : unequal(r.v), env, depth));
  }

  #parameter(f: Func, i: number, wish: Wish, env: Env | null, depth: number): Needs {
    const args = envOf(env, f)?.args;
    if (!args || args.slice(0, i + 1).some((a) => "rest" in a)) return NO_NEEDS;
    const a = args[i];
    if (a === undefined) return wish.accepts(undefined) ? NO_NEEDS : NEVER;
    return "e" in a ? this.#of(a.e, wish, a.env, depth) : NO_NEEDS;
  }

  /** A variable has a wished value where one of its definitions gave it: under the conditions of that place. */
  #variable(v: Variable, wish: Wish, env: Env | null, depth: number): Needs {
    if (v.definitions.length === 0 || v.definitions.length > 8 || (this.#busy.get(v) ?? 0) > 0) return NO_NEEDS;
    const here = envOf(env, v.owner);
    this.#busy.set(v, 1);
    try {
      let needs: Needs = NEVER;
      for (const d of v.definitions) {
        let one = this.#of(d.e, wish, here, depth);
        if (one === null) continue;
        for (let g = d.guard; g !== null; g = g.outer)
          one = both(one, this.#of(g.test, g.is ? TRUTHY : FALSY, here, depth));
        needs = either(needs, one);
        if (needs !== null && needs.size === 0) return NO_NEEDS;
      }
      // set by means that aren't seen
      return needs ?? NO_NEEDS;
    } finally {
      this.#busy.delete(v);
    }
  }

  /** `if (queue.length)`: something was put in, wherever that is done. */
  #filled(e: Expr): Needs {
    const v = e.k === "ref" ? homeOf(e.v) : null;
    const puts = v?.mutations.filter(({ path, method }) => path.length === 0 && PUTS.has(method)) ?? [];
    if (v === null || puts.length === 0 || puts.length > 8 || !v.definitions.every((d) => isEmpty(d.e)))
      return NO_NEEDS;
    if (this.#filling.size >= 2 || this.#filling.has(v)) return NO_NEEDS;
    this.#filling.add(v);
    const fuel = this.#fuel;
    let needs: Needs = NEVER;
    for (const { call } of puts) needs = either(needs, this.reached(call));
    this.#filling.delete(v);
    this.#fuel = fuel;
    this.#asksOthers = true;
    return needs ?? NO_NEEDS;
  }

  /** The switch that a member stands for, where it can stand for nothing else. */
  #switchAt(e: Member | Index, env: Env | null): Switch | null {
    const objects = e.o;
    const mayBe =
      this.#environments.may(objects) || objects.k === "call" || objects.k === "ref" || objects.k === "member";
    if (!mayBe) return null;
    return switchOf(this.#ev.glance(() => this.#ev.evaluate(e, env)));
  }

  #called(e: Call, wish: Wish, env: Env | null, depth: number): Needs {
    const flag = this.#flags.nameRead(e);
    if (flag !== null) return need({ kind: "flag", name: flag }, !wish.accepts(this.#flags.defaultOf(e)));
    const told = this.#onlySwitch(e, env);
    if (e.construct) return wish.accepts(e) ? NO_NEEDS : NEVER;
    const callees = calleesOf(this.#ev, e, env);
    // `list.includes(env.X)`, `env.X.trim()`, `Boolean(env.X)`
    if (callees.length === 0) return told === null ? NO_NEEDS : needed(told.of, { ...wish, only: [] });
    let needs: Needs = NEVER;
    for (const { f, outer } of callees) {
      if (told !== null && told.argument !== null) {
        const unset = unsetTruth(this.#ev, f, outer, e, told.argument, env);
        if (unset !== null) {
          needs = either(needs, need(told.of, !wish.accepts(unset)));
          continue;
        }
      }
      needs = either(
        needs,
        this.#returned(f, { f, outer, args: argumentsOf(e, env), self: null, depth: 1 }, wish, depth),
      );
    }
    return needs;
  }

  #returned(f: Func, env: Env, wish: Wish, depth: number): Needs {
    if (f.generator || (this.#busy.get(f) ?? 0) > 0 || f.returns.length > 24) return NO_NEEDS;
    this.#busy.set(f, 1);
    try {
      let needs: Needs = wish.accepts(undefined) && mayFallThrough(f) ? NO_NEEDS : NEVER;
      for (const { e, guard } of f.returns) {
        let one = this.#of(e, wish, env, depth);
        for (let g = guard; g !== null && one !== null; g = g.outer)
          one = both(one, this.#of(g.test, g.is ? TRUTHY : FALSY, env, depth));
        needs = either(needs, one);
        if (needs !== null && needs.size === 0) return NO_NEEDS;
      }
      return needs;
    } finally {
      this.#busy.delete(f);
    }
  }

  /** The one switch among what a call is told, constants aside. */
  #onlySwitch(e: Call, env: Env | null): { of: Switch; argument: number | null } | null {
    let found: { of: Switch; argument: number | null } | null = null;
    const receiver = e.f.k === "member" ? e.f.o : null;
    const looked = [
      ...e.a.map((a, i) => ({ a, argument: i as number | null })),
      ...(receiver ? [{ a: receiver, argument: null }] : []),
    ];
    for (const { a, argument } of looked) {
      if (a.k === "literal" || a.k === "array" || a.k === "object" || a.k === "regexp") continue;
      const of = this.#direct(a, env, 0);
      if (of !== null) {
        if (found !== null) return null;
        found = { of, argument };
      } else if (argument !== null) return null;
    }
    return found;
  }

  /** A switch as such, or what is computed from it alone: `env.X.trim()`, `new URL(env.X).host`. */
  #direct(e: Expr, env: Env | null, depth: number): Switch | null {
    if (depth > 6) return null;
    switch (e.k) {
      case "member":
      case "index":
        return this.#switchAt(e, env) ?? this.#direct(e.o, env, depth + 1);
      case "call":
        if (e.construct) return e.a.length === 1 ? this.#direct(e.a[0]!, env, depth + 1) : null;
        return e.f.k === "member" && e.a.length === 0 ? this.#direct(e.f.o, env, depth + 1) : null;
      case "ref": {
        const { definitions } = homeOf(e.v);
        return definitions.length === 1
          ? this.#direct(definitions[0]!.e, envOf(env, homeOf(e.v).owner), depth + 1)
          : null;
      }
      case "param": {
        const a = envOf(env, e.f)?.args?.[e.i];
        return a && "e" in a ? this.#direct(a.e, a.env, depth + 1) : null;
      }
      default:
        return null;
    }
  }
}
