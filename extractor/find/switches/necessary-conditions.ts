import { isContextIndependent } from "../../evaluate/engine/context-independent.ts";
import { type Env, envOf, newEnv } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { argumentsOf } from "../../evaluate/transfer/call.ts";
import type { Call, Compare, Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import {
  constantOf,
  isEmpty,
  mayFallThrough,
  needed,
  PUTS,
  predicatesOf,
  SIZES,
  truthOf,
  unsetTruth,
} from "./condition-shapes.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import type { FlagReaders } from "./flag-reads.ts";
import {
  and,
  equal,
  FALSY,
  GIVEN,
  intersect,
  isUnsatisfiable,
  MISSING,
  NO_REQUIREMENTS,
  or,
  type Requirements,
  requirement,
  TRUTHY,
  UNREACHABLE,
  unequal,
  type ValueConstraint,
} from "./requirements.ts";
import { SwitchReader } from "./switch-reader.ts";

export interface ConditionSearch {
  ev: Questions;
  environments: EnvironmentObjects;
  flags: FlagReaders;
  /** What has to hold for a call to be reached, which is more than the conditions around it. */
  reached: (call: Call) => Requirements;
}

/**
 * What has to hold for a condition to hold: each rule keeps what is needed on every way to a wished value, so nothing is
 * claimed of a switch that another way goes round.
 */
export class NecessaryConditions {
  readonly #ev: Questions;
  readonly #switches: SwitchReader;
  readonly #flags: FlagReaders;
  readonly #guards = new Map<Guard, Requirements>();
  #busy = new Set<Variable | Func>();
  readonly #known = new Map<Func | Call | Variable, Map<string, Requirements>>();
  /** Something is being found out apart from who asks. */
  #apart = false;
  readonly #unset = new Map<Func, boolean | null>();
  /** How often an answer was less than what there is to say: such a one is not kept. */
  #cuts = 0;
  #fuel = 0;
  readonly #reached: ConditionSearch["reached"];
  #asksOthers = false;
  readonly #filling = new Set<Variable>();

  constructor({ ev, environments, flags, reached }: ConditionSearch) {
    this.#ev = ev;
    this.#reached = reached;
    this.#switches = new SwitchReader(ev, environments);
    this.#flags = flags;
  }

  /** For code under a chain of conditions to run. */
  ofGuard(guard: Guard | null): Requirements {
    // a loop: thousands of early returns make a chain as long
    const chain: Guard[] = [];
    let needs: Requirements | undefined;
    for (let g = guard; g !== null && needs === undefined; g = g.outer) {
      needs = this.#guards.get(g);
      if (needs === undefined) chain.push(g);
    }
    needs ??= NO_REQUIREMENTS;
    let settled = true;
    for (const g of chain.reverse()) {
      this.#fuel = FIND_BOUNDS.conditionFuel;
      this.#asksOthers = false;
      needs = and(needs, this.#of(g.test, g.is ? TRUTHY : FALSY, null, 0));
      // what others say may rest on what they don't know yet
      settled &&= !this.#asksOthers;
      if (settled) this.#guards.set(g, needs);
    }
    this.#asksOthers ||= !settled;
    return needs;
  }

  /** For an object to be there: `client.send()` comes to nothing where `client` was never made. */
  ofReceiver(e: Expr): Requirements {
    if (e.kind !== "ref") return NO_REQUIREMENTS;
    this.#fuel = FIND_BOUNDS.conditionFuel;
    return this.#once(canonical(e.variable), GIVEN, 0, (depth) => this.#of(e, GIVEN, null, depth));
  }

  #of(e: Expr, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    if (isUnsatisfiable(wish)) return UNREACHABLE;
    if (depth > FIND_BOUNDS.conditionDepth || --this.#fuel < 0) return this.#cut();
    const next = depth + 1;
    switch (e.kind) {
      case "literal":
        return wish.accepts(e.value) ? NO_REQUIREMENTS : UNREACHABLE;
      case "object":
      case "array":
      case "function":
      case "class":
      case "regexp":
        return wish.accepts(e) ? NO_REQUIREMENTS : UNREACHABLE;
      case "not":
        return truthOf(wish, (yes) => this.#of(e.argument, yes ? FALSY : TRUTHY, env, next));
      case "await":
        return this.#of(e.argument, wish, env, next);
      case "choice": {
        const stays = { "||": TRUTHY, "&&": FALSY, "??": GIVEN }[e.operator];
        const passes = { "||": FALSY, "&&": TRUTHY, "??": MISSING }[e.operator];
        const left = this.#of(e.left, intersect(wish, stays), env, next);
        const right = and(this.#of(e.left, passes, env, next), this.#of(e.right, wish, env, next));
        return or(left, right);
      }
      case "conditional":
        return or(
          and(this.#of(e.test, TRUTHY, env, next), this.#of(e.consequent, wish, env, next)),
          and(this.#of(e.test, FALSY, env, next), this.#of(e.alternate, wish, env, next)),
        );
      case "default":
        return or(
          this.#of(e.expression, intersect(wish, GIVEN), env, next),
          and(this.#of(e.expression, MISSING, env, next), this.#of(e.fallback, wish, env, next)),
        );
      case "compare":
        return this.#compared(e, wish, env, next);
      case "param":
        return this.#parameter(e.func, e.index, wish, env, next);
      case "ref":
        return this.#variable(canonical(e.variable), wish, env, next);
      case "member":
      case "index": {
        if (e.kind === "member" && SIZES.has(e.property) && !wish.accepts(0)) return this.#filled(e.object);
        const read = this.#switches.at(e, env);
        return read === null ? NO_REQUIREMENTS : needed(read, wish);
      }
      case "call":
        return env === null || isContextIndependent(this.#ev.program.cache, e)
          ? this.#once(e, wish, next, (depth) => this.#called(e, wish, null, depth))
          : this.#called(e, wish, env, next);
      default:
        return NO_REQUIREMENTS;
    }
  }

  #cut(): Requirements {
    this.#cuts++;
    return NO_REQUIREMENTS;
  }

  #compared(e: Compare, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    if (e.operator !== "===" && e.operator !== "!==") return NO_REQUIREMENTS;
    const [l, r] = constantOf(e.left) ? [e.right, constantOf(e.left)] : [e.left, constantOf(e.right)];
    if (!r) return NO_REQUIREMENTS;
    return truthOf(wish, (yes) =>
      this.#of(l, yes === (e.operator === "===") ? equal(r.value) : unequal(r.value), env, depth),
    );
  }

  #parameter(f: Func, i: number, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    const args = envOf(env, f)?.args;
    if (!args || args.slice(0, i + 1).some((a) => "rest" in a)) return NO_REQUIREMENTS;
    const a = args[i];
    if (a === undefined) return wish.accepts(undefined) ? NO_REQUIREMENTS : UNREACHABLE;
    return "expression" in a ? this.#of(a.expression, wish, a.env, depth) : NO_REQUIREMENTS;
  }

  /** A variable has a wished value where one of its definitions gave it: under the conditions of that place. */
  #variable(v: Variable, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    if (v.definitions.length === 0 || v.definitions.length > 8) return NO_REQUIREMENTS;
    if (this.#busy.has(v)) return this.#cut();
    const here = envOf(env, v.owner);
    this.#busy.add(v);
    try {
      let needs: Requirements = UNREACHABLE;
      for (const d of v.definitions) {
        let one = this.#of(d.expression, wish, here, depth);
        if (one === null) continue;
        for (let g = d.guard; g !== null; g = g.outer)
          one = and(one, this.#of(g.test, g.is ? TRUTHY : FALSY, here, depth));
        needs = or(needs, one);
        if (needs !== null && needs.size === 0) return NO_REQUIREMENTS;
      }
      // set by means that aren't seen
      return needs ?? NO_REQUIREMENTS;
    } finally {
      this.#busy.delete(v);
    }
  }

  /** `if (queue.length)`: something was put in, wherever that is done. */
  #filled(e: Expr): Requirements {
    const v = e.kind === "ref" ? canonical(e.variable) : null;
    const puts = v?.mutations.filter(({ path, method }) => path.length === 0 && PUTS.has(method)) ?? [];
    if (v === null || puts.length === 0 || puts.length > 8 || !v.definitions.every((d) => isEmpty(d.expression)))
      return NO_REQUIREMENTS;
    if (this.#filling.size >= 2 || this.#filling.has(v)) return this.#cut();
    this.#filling.add(v);
    const fuel = this.#fuel;
    let needs: Requirements = UNREACHABLE;
    for (const { call } of puts) needs = or(needs, this.#reached(call));
    this.#filling.delete(v);
    this.#fuel = fuel;
    this.#asksOthers = true;
    this.#cuts++;
    return needs ?? NO_REQUIREMENTS;
  }

  #called(e: Call, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    const flag = this.#flags.nameRead(e);
    if (flag !== null) return requirement({ kind: "flag", name: flag }, !wish.accepts(this.#flags.defaultOf(e)));
    const told = this.#switches.toldTo(e, env);
    if (e.construct) return wish.accepts(e) ? NO_REQUIREMENTS : UNREACHABLE;
    const callees = predicatesOf(this.#ev, e, env);
    // `list.includes(env.X)`, `env.X.trim()`, `Boolean(env.X)`
    if (callees.length === 0) return told === null ? NO_REQUIREMENTS : needed(told.of, { ...wish, only: [] });
    let needs: Requirements = UNREACHABLE;
    for (const { func: f, outer } of callees) {
      if (told !== null && told.argument !== null) {
        const unset = this.#unsetTruth(f, outer, e, told.argument, env);
        if (unset !== null) {
          needs = or(needs, requirement(told.of, !wish.accepts(unset)));
          continue;
        }
      }
      const one =
        f.params === 0 && outer === null
          ? this.#once(f, wish, depth, (from) => this.#returned(f, null, wish, from))
          : this.#returned(f, newEnv(f, outer, { args: argumentsOf(e, env), self: null }, 1), wish, depth);
      needs = or(needs, one);
    }
    return needs;
  }

  /** What hangs on nobody who asks is found out once, with steps of its own. */
  #once(
    of: Func | Call | Variable,
    wish: ValueConstraint,
    depth: number,
    find: (depth: number) => Requirements,
  ): Requirements {
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
    this.#fuel = FIND_BOUNDS.conditionFuel;
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

  #returned(f: Func, env: Env | null, wish: ValueConstraint, depth: number): Requirements {
    if (f.generator || f.returns.length > 24) return NO_REQUIREMENTS;
    if (this.#busy.has(f)) return this.#cut();
    this.#busy.add(f);
    try {
      let needs: Requirements = wish.accepts(undefined) && mayFallThrough(f) ? NO_REQUIREMENTS : UNREACHABLE;
      for (const { expression: e, guard } of f.returns) {
        let one = this.#of(e, wish, env, depth);
        for (let g = guard; g !== null && one !== null; g = g.outer)
          one = and(one, this.#of(g.test, g.is ? TRUTHY : FALSY, env, depth));
        needs = or(needs, one);
        if (needs !== null && needs.size === 0) return NO_REQUIREMENTS;
      }
      return needs;
    } finally {
      this.#busy.delete(f);
    }
  }
}
