import type { Argument } from "../../evaluate/domain/value.ts";
import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import { newEnv } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { classOf, type Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { ConditionSearch } from "./condition-search.ts";
import { type Predicate, predicatesOf, truthOf, unsetTruth } from "./condition-shapes.ts";
import type { FlagReaders } from "./flag-reads.ts";
import type { Ask, Standing } from "./given.ts";
import {
  and,
  before,
  FALSY,
  GIVEN,
  NEVER,
  NO_REQUIREMENTS,
  or,
  type Requirements,
  type Switch,
  TRUTHY,
  UNREACHABLE,
  type ValueConstraint,
  wished,
  wishedPresence,
} from "./requirements.ts";
import type { SwitchReader } from "./switch-reader.ts";
import { only, operandOfCall } from "./transfer-functions.ts";

/** Answers to what a call leads on to. */
export interface Steps {
  ask: Ask;
  /** What a function returns in a call, or in any. */
  returned(f: Func, env: Env | null, wish: ValueConstraint, depth: number): Requirements;
  /** What hangs on nobody who asks is found out once. */
  once(of: Func, wish: ValueConstraint, depth: number, find: (depth: number) => Requirements): Requirements;
}

function ofOption(of: Switch, without: boolean, withIt: boolean): Requirements {
  if (without === withIt) return without ? NO_REQUIREMENTS : UNREACHABLE;
  return wishedPresence(of, without);
}

/**
 * What has to hold for a call to yield a wished value: of the runtime's functions, of flags, and of the program's
 * own.
 */
export class CallResults {
  readonly #ev: Questions;
  readonly #switches: SwitchReader;
  readonly #flags: FlagReaders;
  readonly #steps: Steps;
  readonly #methodsOfMade: ConditionSearch["methodsOfMade"];
  readonly #unset = new Map<Func, boolean | null>();
  readonly #handedIn = new Map<Call, readonly Predicate[]>();

  constructor({ ev, flags, methodsOfMade }: ConditionSearch, switches: SwitchReader, steps: Steps) {
    this.#ev = ev;
    this.#switches = switches;
    this.#flags = flags;
    this.#steps = steps;
    this.#methodsOfMade = methodsOfMade;
  }

  /** What has to hold for a call to yield a wished value. */
  of(e: Call, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    const flag = this.#flags.nameRead(e);
    if (flag !== null) {
      const unset = this.#flags.defaultOf(e);
      return wished(
        { kind: "flag", name: flag },
        before(wish, `?? ${unset}`, (v) => (v === undefined ? unset : v)),
      );
    }
    if (e.construct) return wish.accepts(e) ? NO_REQUIREMENTS : UNREACHABLE;
    const present = this.#switches.presenceAsked(e, env);
    if (present !== null)
      return wished(
        present,
        before(wish, "in", (v) => v !== undefined),
      );
    const option = this.#switches.optionAsked(e, env);
    if (option !== null) return ofOption(option.of, wish.accepts(option.missing), wish.accepts(option.there));
    const operand = operandOfCall(e, wish);
    const known =
      operand === null ? NO_REQUIREMENTS : this.#steps.ask(operand.expression, operand.wish, { env, depth });
    const told = this.#switches.toldTo(e, env);
    const isFollowed = told === null || (operand !== null && this.#isFollowed(operand.expression, { env, depth }));
    if (known === null || (known.size > 0 && isFollowed)) return known;
    const each = this.#ofEach(e, wish, env, depth);
    if (each !== null) return each.needs;
    const callees = this.#callees(e, env);
    // a function that can't be followed: that the switch is asked is all that is known
    if (callees.length === 0)
      return told === null || wish.key === GIVEN.key
        ? NO_REQUIREMENTS
        : and(known, wishedPresence(told.of, wish.accepts(undefined)));
    let needs: Requirements = UNREACHABLE;
    for (const { func: f, outer, self } of callees) {
      const isAlone = f.params === 0 && outer === null && !f.usesThis;
      let one = isAlone
        ? this.#steps.once(f, wish, depth, (from) => this.#steps.returned(f, null, wish, from))
        : this.#steps.returned(f, newEnv(f, outer, { args: argumentsOf(e, env), self }, 1), wish, depth);
      if (told !== null && told.argument !== null && one !== null && one.size === 0) {
        const unset = this.#unsetTruth({ func: f, outer }, argumentsOf(e, env), told.argument);
        if (unset !== null) one = wishedPresence(told.of, wish.accepts(unset));
      }
      needs = or(needs, one);
    }
    return needs;
  }

  /** Where an object comes in from outside, its methods are those of what is handed in. */
  #callees(e: Call, env: Env | null): readonly Predicate[] {
    const { callee } = e;
    if (env === null && callee.kind === "member" && callee.object.kind === "this") {
      const c = classOf(callee.object.func);
      const made = c === null || callee.object.isSuper ? null : this.#methodsOfMade(c, callee.property);
      if (made !== null) return made.map((func) => ({ func, outer: null, self: null }));
    }
    const direct = predicatesOf(this.#ev, e, env);
    if (direct.length > 0 || env !== null || callee.kind !== "member") return direct;
    let known = this.#handedIn.get(e);
    if (known === undefined) {
      const each = (this.#switches.receivers.of(callee.object) ?? []).map((object) =>
        predicatesOf(this.#ev, { ...e, callee: { ...callee, object: object.expression } }, object.env),
      );
      known = each.some((all) => all.length === 0) ? [] : each.flat();
      this.#handedIn.set(e, known);
    }
    return known;
  }

  /** Is all that an expression is made of known? Then nothing can be wished of it that nothing is. */
  #isFollowed(e: Expr, at: Standing): boolean {
    return this.#steps.ask(e, NEVER, at) === null;
  }

  /** `["A", "B"].some((name) => process.env[name])` */
  #ofEach(e: Call, wish: ValueConstraint, env: Env | null, depth: number): { needs: Requirements } | null {
    if (e.callee.kind !== "member" || (e.callee.property !== "some" && e.callee.property !== "every")) return null;
    const list = only(e.callee.object);
    const [test] = e.arguments;
    if (list?.kind !== "array" || test?.kind !== "function" || list.items.length > FIND_BOUNDS.conditionItems)
      return null;
    const isSome = e.callee.property === "some";
    const ask = (item: Expr, yes: boolean): Requirements => {
      const inside = newEnv(test.func, env, { args: [{ expression: item, env }], self: null }, 1);
      return this.#steps.returned(test.func, inside, yes ? TRUTHY : FALSY, depth);
    };
    const outcome = (yes: boolean): Requirements =>
      list.items
        .map((item) => ask(item, yes))
        .reduce(isSome === yes ? or : and, isSome === yes ? UNREACHABLE : NO_REQUIREMENTS);
    return { needs: truthOf(wish, outcome) };
  }

  /** What a predicate of one value says where that is missing, it says whoever asks. */
  #unsetTruth(of: Pick<Predicate, "func" | "outer">, given: readonly Argument[], at: number): boolean | null {
    if (given.length > 1 || of.outer !== null) return unsetTruth(this.#ev, of, given, at);
    let truth = this.#unset.get(of.func);
    if (truth === undefined) {
      truth = unsetTruth(this.#ev, of, given, at);
      this.#unset.set(of.func, truth);
    }
    return truth;
  }
}
