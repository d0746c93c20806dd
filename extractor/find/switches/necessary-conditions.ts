import { isStanding } from "../../evaluate/engine/context-independent.ts";
import { type Env, envOf, newEnv } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { argumentsOf } from "../../evaluate/transfer/call.ts";
import type { Call, Compare, Expr, Guard } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import {
  calleesOf,
  constantOf,
  isEmpty,
  mayFallThrough,
  needed,
  PUTS,
  SIZES,
  truthOf,
  unsetTruth,
} from "./condition-shapes.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import type { FlagReaders } from "./flag-reads.ts";
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
  TRUTHY,
  unequal,
  type Wish,
} from "./requirements.ts";
import { Switches } from "./switch-reader.ts";

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
  readonly #switches: Switches;
  readonly #flags: FlagReaders;
  readonly #guards = new Map<Guard, Needs>();
  #busy = new Set<Variable | Func>();
  readonly #known = new Map<Func | Call | Variable, Map<string, Needs>>();
  /** Something is being found out apart from who asks. */
  #apart = false;
  readonly #unset = new Map<Func, boolean | null>();
  /** How often an answer was less than what there is to say: such a one is not kept. */
  #cuts = 0;
  #fuel = 0;
  /** What has to hold for a call to be reached, where somebody knows more than what is around it. */
  reached: (call: Call) => Needs = () => NO_NEEDS;
  #asksOthers = false;
  readonly #filling = new Set<Variable>();

  constructor(ev: Evaluator, environments: EnvironmentObjects, flags: FlagReaders) {
    this.#ev = ev;
    this.#switches = new Switches(ev, environments);
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
    if (e.kind !== "ref") return NO_NEEDS;
    this.#fuel = FUEL;
    return this.#once(homeOf(e.variable), GIVEN, 0, (depth) => this.#of(e, GIVEN, null, depth));
  }

  #of(e: Expr, wish: Wish, env: Env | null, depth: number): Needs {
    if (isVain(wish)) return NEVER;
    if (depth > DEPTH || --this.#fuel < 0) return this.#cut();
    const next = depth + 1;
    switch (e.kind) {
      case "literal":
        return wish.accepts(e.value) ? NO_NEEDS : NEVER;
      case "object":
      case "array":
      case "function":
      case "class":
      case "regexp":
        return wish.accepts(e) ? NO_NEEDS : NEVER;
      case "not":
        return truthOf(wish, (yes) => this.#of(e.argument, yes ? FALSY : TRUTHY, env, next));
      case "await":
        return this.#of(e.argument, wish, env, next);
      case "choice": {
        const stays = { "||": TRUTHY, "&&": FALSY, "??": GIVEN }[e.operator];
        const passes = { "||": FALSY, "&&": TRUTHY, "??": MISSING }[e.operator];
        const left = this.#of(e.left, and(wish, stays), env, next);
        const right = both(this.#of(e.left, passes, env, next), this.#of(e.right, wish, env, next));
        return either(left, right);
      }
      case "conditional":
        return either(
          both(this.#of(e.test, TRUTHY, env, next), this.#of(e.consequent, wish, env, next)),
          both(this.#of(e.test, FALSY, env, next), this.#of(e.alternate, wish, env, next)),
        );
      case "default":
        return either(
          this.#of(e.expression, and(wish, GIVEN), env, next),
          both(this.#of(e.expression, MISSING, env, next), this.#of(e.fallback, wish, env, next)),
        );
      case "compare":
        return this.#compared(e, wish, env, next);
      case "param":
        return this.#parameter(e.func, e.index, wish, env, next);
      case "ref":
        return this.#variable(homeOf(e.variable), wish, env, next);
      case "member":
      case "index": {
        if (e.kind === "member" && SIZES.has(e.property) && !wish.accepts(0)) return this.#filled(e.object);
        const read = this.#switches.at(e, env);
        return read === null ? NO_NEEDS : needed(read, wish);
      }
      case "call":
        return env === null || isStanding(e)
          ? this.#once(e, wish, next, (depth) => this.#called(e, wish, null, depth))
          : this.#called(e, wish, env, next);
      default:
        return NO_NEEDS;
    }
  }

  #cut(): Needs {
    this.#cuts++;
    return NO_NEEDS;
  }

  #compared(e: Compare, wish: Wish, env: Env | null, depth: number): Needs {
    if (e.operator !== "===" && e.operator !== "!==") return NO_NEEDS;
    const [l, r] = constantOf(e.left) ? [e.right, constantOf(e.left)] : [e.left, constantOf(e.right)];
    if (!r) return NO_NEEDS;
    return truthOf(wish, (yes) =>
      this.#of(l, yes === (e.operator === "===") ? equal(r.value) : unequal(r.value), env, depth),
    );
  }

  #parameter(f: Func, i: number, wish: Wish, env: Env | null, depth: number): Needs {
    const args = envOf(env, f)?.args;
    if (!args || args.slice(0, i + 1).some((a) => "rest" in a)) return NO_NEEDS;
    const a = args[i];
    if (a === undefined) return wish.accepts(undefined) ? NO_NEEDS : NEVER;
    return "expression" in a ? this.#of(a.expression, wish, a.env, depth) : NO_NEEDS;
  }

  /** A variable has a wished value where one of its definitions gave it: under the conditions of that place. */
  #variable(v: Variable, wish: Wish, env: Env | null, depth: number): Needs {
    if (v.definitions.length === 0 || v.definitions.length > 8) return NO_NEEDS;
    if (this.#busy.has(v)) return this.#cut();
    const here = envOf(env, v.owner);
    this.#busy.add(v);
    try {
      let needs: Needs = NEVER;
      for (const d of v.definitions) {
        let one = this.#of(d.expression, wish, here, depth);
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
    const v = e.kind === "ref" ? homeOf(e.variable) : null;
    const puts = v?.mutations.filter(({ path, method }) => path.length === 0 && PUTS.has(method)) ?? [];
    if (v === null || puts.length === 0 || puts.length > 8 || !v.definitions.every((d) => isEmpty(d.expression)))
      return NO_NEEDS;
    if (this.#filling.size >= 2 || this.#filling.has(v)) return this.#cut();
    this.#filling.add(v);
    const fuel = this.#fuel;
    let needs: Needs = NEVER;
    for (const { call } of puts) needs = either(needs, this.reached(call));
    this.#filling.delete(v);
    this.#fuel = fuel;
    this.#asksOthers = true;
    this.#cuts++;
    return needs ?? NO_NEEDS;
  }

  #called(e: Call, wish: Wish, env: Env | null, depth: number): Needs {
    const flag = this.#flags.nameRead(e);
    if (flag !== null) return need({ kind: "flag", name: flag }, !wish.accepts(this.#flags.defaultOf(e)));
    const told = this.#switches.toldTo(e, env);
    if (e.construct) return wish.accepts(e) ? NO_NEEDS : NEVER;
    const callees = calleesOf(this.#ev, e, env);
    // `list.includes(env.X)`, `env.X.trim()`, `Boolean(env.X)`
    if (callees.length === 0) return told === null ? NO_NEEDS : needed(told.of, { ...wish, only: [] });
    let needs: Needs = NEVER;
    for (const { func: f, outer } of callees) {
      if (told !== null && told.argument !== null) {
        const unset = this.#unsetTruth(f, outer, e, told.argument, env);
        if (unset !== null) {
          needs = either(needs, need(told.of, !wish.accepts(unset)));
          continue;
        }
      }
      const one =
        f.params === 0 && outer === null
          ? this.#once(f, wish, depth, (from) => this.#returned(f, null, wish, from))
          : this.#returned(f, newEnv(f, outer, { args: argumentsOf(e, env), self: null }, 1), wish, depth);
      needs = either(needs, one);
    }
    return needs;
  }

  /** What hangs on nobody who asks is found out once, with steps of its own. */
  #once(of: Func | Call | Variable, wish: Wish, depth: number, find: (depth: number) => Needs): Needs {
    let known = this.#known.get(of);
    if (known === undefined) {
      known = new Map();
      this.#known.set(of, known);
    }
    let needs = known.get(wish.key);
    if (needs !== undefined) return needs;
    const before = { cuts: this.#cuts, fuel: this.#fuel, busy: this.#busy, asksOthers: this.#asksOthers };
    if (this.#apart) {
      needs = find(depth);
      if (this.#cuts === before.cuts) known.set(wish.key, needs);
      return needs;
    }
    this.#apart = true;
    this.#asksOthers = false;
    this.#fuel = FUEL;
    this.#busy = new Set();
    needs = find(0);
    this.#apart = false;
    this.#fuel = before.fuel;
    this.#busy = before.busy;
    if (!this.#asksOthers) {
      known.set(wish.key, needs);
      this.#cuts = before.cuts;
    }
    this.#asksOthers ||= before.asksOthers;
    return needs;
  }

  /** What a predicate of one value says where that is missing, it says whoever asks. */
  #unsetTruth(f: Func, outer: Env | null, e: Call, argument: number, env: Env | null): boolean | null {
    if (e.arguments.length > 1 || outer !== null) return unsetTruth(this.#ev, f, outer, e, argument, env);
    let truth = this.#unset.get(f);
    if (truth === undefined) {
      truth = unsetTruth(this.#ev, f, outer, e, argument, env);
      this.#unset.set(f, truth);
    }
    return truth;
  }

  #returned(f: Func, env: Env | null, wish: Wish, depth: number): Needs {
    if (f.generator || f.returns.length > 24) return NO_NEEDS;
    if (this.#busy.has(f)) return this.#cut();
    this.#busy.add(f);
    try {
      let needs: Needs = wish.accepts(undefined) && mayFallThrough(f) ? NO_NEEDS : NEVER;
      for (const { expression: e, guard } of f.returns) {
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
}
