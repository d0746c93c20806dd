import { isContextIndependent } from "../../evaluate/engine/context-independent.ts";
import { type Env, envOf } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr, Guard, Index, Member, Param } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { type ClassDef, classOf, type Func, isConstructor, type Variable } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { CallResults } from "./call-results.ts";
import { Comparisons } from "./comparisons.ts";
import { ConditionLimits } from "./condition-limits.ts";
import type { ConditionSearch } from "./condition-search.ts";
import { mayFallThrough, SIZES, truthOf } from "./condition-shapes.ts";
import { FilledCollections } from "./filled-collections.ts";
import { type Ask, definedAs, returnedAs, type Standing } from "./given.ts";
import { KeptTruth } from "./members/kept-truth.ts";
import { ProgramExits } from "./program-exits.ts";
import {
  and,
  andAtOnce,
  FALSY,
  GIVEN,
  intersect,
  isClass,
  isFunction,
  isUnsatisfiable,
  MISSING,
  NO_REQUIREMENTS,
  or,
  partlyOr,
  type Requirements,
  TRUTHY,
  UNREACHABLE,
  type ValueConstraint,
  wished,
} from "./requirements.ts";
import { SwitchReader } from "./switch-reader.ts";
import { type Operand, ofConcat, ofLength, ofLookup, ofThrown, ofUnary, only } from "./transfer-functions.ts";

/**
 * What has to hold for a condition to hold: each rule keeps what is needed on every way to a wished value, so nothing
 * is claimed of a switch that another way goes round.
 */
export class NecessaryConditions {
  readonly #ev: Questions;
  readonly #switches: SwitchReader;
  readonly #results: CallResults;
  readonly #comparisons: Comparisons;
  readonly #kept: KeptTruth;
  readonly #guards = new Map<Guard, Requirements>();
  #busy = new Set<Variable | Func>();
  readonly #known = new Map<Func | Call | Variable, Map<string, Requirements>>();
  /** Something is being found out apart from who asks. */
  #apart = false;
  /** How often an answer was less than what there is to say: such a one is not kept. */
  #cuts = 0;
  readonly #limits = new ConditionLimits();
  #asksOthers = false;
  readonly #filled: FilledCollections;
  readonly #exits: ProgramExits;
  readonly #calledWith: ConditionSearch["calledWith"];

  constructor(search: ConditionSearch) {
    const { ev, calledWith } = search;
    this.#ev = ev;
    this.#exits = new ProgramExits(ev.program);
    this.#calledWith = calledWith;
    this.#switches = new SwitchReader(search);
    const ask: Ask = (e, wish, { env, depth }) => this.#of(e, wish, env, depth);
    this.#kept = new KeptTruth(search, { ask, limits: this.#limits });
    this.#filled = new FilledCollections(search, {
      ask,
      limits: this.#limits,
      reached: (call) => this.#asked(() => search.reached(call)),
    });
    this.#comparisons = new Comparisons(ev, this.#switches, ask);
    this.#results = new CallResults(search, this.#switches, {
      ask,
      returned: (f, env, wish, depth) => this.#returned(f, env, wish, depth),
      once: (of, wish, depth, find) => this.#once(of, wish, depth, find),
    });
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
      this.#asksOthers = false;
      needs = and(
        needs,
        this.#limits.asFarAsNeeded(() => this.#of(g.test, g.is ? TRUTHY : FALSY, null, 0)),
      );
      // what others say may rest on what they don't know yet
      settled &&= !this.#asksOthers;
      if (settled) this.#guards.set(g, needs);
    }
    this.#asksOthers ||= !settled;
    return needs;
  }

  /** For what stands at the top level of a file to run: nothing above it has ended the program. */
  ofExitsAbove(call: Call): Requirements {
    return this.#exits
      .above(call)
      .reduce<Requirements>((needs, guard) => and(needs, this.ofGuard(guard)), NO_REQUIREMENTS);
  }

  /** For an object to be there: `client.send()` comes to nothing where `client` was never made. */
  ofReceiver(e: Expr): Requirements {
    if (e.kind === "call")
      return e.construct ? NO_REQUIREMENTS : this.#limits.asFarAsNeeded(() => this.#of(e, GIVEN, null, 0));
    if (e.kind !== "ref") return NO_REQUIREMENTS;
    return this.#once(canonical(e.variable), GIVEN, 0, (depth) => this.#of(e, GIVEN, null, depth));
  }

  /** For a call to run this function, and not another in the same place: a real client, and an empty one. */
  ofCallee(call: Call, f: Func): Requirements {
    if (!call.construct) return this.#ofCallee(call, isFunction(f));
    const c = isConstructor(f) ? classOf(f) : null;
    return c === null ? NO_REQUIREMENTS : this.ofClass(call, c);
  }

  /** The same of the class that a call makes an object of. */
  ofClass = (call: Call, c: ClassDef): Requirements => this.#ofCallee(call, isClass(c));

  #ofCallee({ callee }: Call, isMeant: ValueConstraint): Requirements {
    if (WRITTEN_OUT.has(callee.kind)) return NO_REQUIREMENTS;
    return this.#limits.asFarAsNeeded(() => this.#of(callee, isMeant, null, 0)) ?? NO_REQUIREMENTS;
  }

  #of(e: Expr, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    if (isUnsatisfiable(wish)) return UNREACHABLE;
    if (e.kind === "literal") return wish.accepts(e.value) ? NO_REQUIREMENTS : UNREACHABLE;
    if (WRITTEN_OUT.has(e.kind)) return wish.accepts(e) ? NO_REQUIREMENTS : UNREACHABLE;
    if (!this.#limits.allow(depth)) return this.#cut();
    const next = depth + 1;
    const at = { env, depth: next };
    switch (e.kind) {
      case "not":
        return truthOf(wish, (yes) => this.#of(e.argument, yes ? FALSY : TRUTHY, env, next));
      case "unary":
        return this.#of(e.argument, ofUnary(e.operator, wish), env, next);
      case "concat": {
        const operand = ofConcat(e.parts, wish);
        return operand === null ? NO_REQUIREMENTS : this.#of(operand.expression, operand.wish, env, next);
      }
      case "await":
        return this.#of(e.argument, wish, env, next);
      case "choice": {
        const stays = { "||": TRUTHY, "&&": FALSY, "??": GIVEN }[e.operator];
        const passes = { "||": FALSY, "&&": TRUTHY, "??": MISSING }[e.operator];
        const left = this.#of(e.left, intersect(wish, stays), env, next);
        const right = this.#under({ expression: e.left, wish: passes }, { expression: e.right, wish }, at);
        return or(left, right);
      }
      case "conditional":
        return or(
          this.#under({ expression: e.test, wish: TRUTHY }, { expression: e.consequent, wish }, at),
          this.#under({ expression: e.test, wish: FALSY }, { expression: e.alternate, wish }, at),
        );
      case "default":
        return or(
          this.#of(e.expression, intersect(wish, GIVEN), env, next),
          this.#under({ expression: e.expression, wish: MISSING }, { expression: e.fallback, wish }, at),
        );
      case "compare":
        return this.#comparisons.of(e, wish, at);
      case "param":
        return this.#parameter(e, wish, at);
      case "ref":
        return this.#variable(canonical(e.variable), wish, env, next);
      case "member":
      case "index":
        return this.#member(e, wish, env, next);
      case "call":
        return env === null || isContextIndependent(this.#ev.program.cache, e)
          ? this.#once(e, wish, next, (depth) => this.#results.of(e, wish, null, depth))
          : this.#results.of(e, wish, env, next);
      case "unknown": {
        const operand = e.thrownBy === undefined || !wish.accepts(true) ? null : ofThrown(e.thrownBy);
        return operand === null ? NO_REQUIREMENTS : this.#of(operand.expression, operand.wish, env, next);
      }
      default:
        return NO_REQUIREMENTS;
    }
  }

  /** One expression, where another lets it count: `of` first, for what never has the wished value asks nothing more. */
  #under(passes: Operand, of: Operand, { env, depth }: Standing): Requirements {
    const needs = this.#of(of.expression, of.wish, env, depth);
    return needs === null ? needs : andAtOnce(this.#of(passes.expression, passes.wish, env, depth), needs);
  }

  #cut = (): Requirements => {
    this.#cuts++;
    return NO_REQUIREMENTS;
  };

  #member(e: Member | Index, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    if (e.kind === "member" && SIZES.has(e.property)) {
      const filled = wish.accepts(0) ? NO_REQUIREMENTS : this.#filled.of(e.object, { env, depth });
      return filled === null || filled.size > 0 ? filled : this.#of(e.object, ofLength(wish), env, depth);
    }
    const read = this.#switches.at(e, env) ?? (env === null ? this.#switches.handedIn(e) : null);
    if (read !== null) return wished(read, wish);
    if (e.kind === "member") return this.#kept.ofMember(e.object, [e.property], wish, { env, depth });
    const table = only(e.object);
    const operand = table === null ? null : ofLookup(table, wish);
    if (operand !== null) return this.#of(e.index, operand, env, depth);
    const key = this.#comparisons.constant(e.index, env);
    return key === null ? NO_REQUIREMENTS : this.#kept.ofMember(e.object, [String(key.value)], wish, { env, depth });
  }

  #parameter({ func: f, index: i }: Param, wish: ValueConstraint, { env, depth }: Standing): Requirements {
    const args = envOf(env, f)?.args;
    if (args) return this.#kept.given.ofArgument(args, i, wish, depth);
    if (this.#busy.has(f)) return this.#cut();
    this.#busy.add(f);
    let needs: Requirements = UNREACHABLE;
    const calls = this.#calledWith(f);
    for (const given of calls ?? []) needs = partlyOr(needs, this.#kept.given.ofArgument(given, i, wish, depth));
    this.#busy.delete(f);
    return calls === null ? NO_REQUIREMENTS : needs;
  }

  /** A variable has a wished value where one of its definitions gave it: under the conditions of that place. */
  #variable(v: Variable, wish: ValueConstraint, env: Env | null, depth: number): Requirements {
    if (v.definitions.length === 0 || v.definitions.length > 8) return NO_REQUIREMENTS;
    if (this.#busy.has(v)) return this.#cut();
    const here = envOf(env, v.owner);
    this.#busy.add(v);
    try {
      const given = definedAs(v, here);
      const needs = this.#kept.given.ofAny(given, depth, (e, at) => this.#of(e, wish, at.env, at.depth));
      // a variable of the call that we are in is what is seen, and so is a computed constant; another may be set unseen
      const isSeen = here?.args || (given.length === 1 && given[0]!.expression.kind !== "literal");
      return isSeen ? needs : (needs ?? NO_REQUIREMENTS);
    } finally {
      this.#busy.delete(v);
    }
  }

  /** What others say takes no steps of this question, and may rest on what they don't know yet. */
  #asked<T>(find: () => T): T {
    const answer = this.#limits.aside(find);
    this.#asksOthers = true;
    this.#cuts++;
    return answer;
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
    const before = { cuts: this.#cuts, busy: this.#busy, asksOthers: this.#asksOthers };
    if (this.#apart) {
      needs = find(depth);
      if (this.#cuts === before.cuts) known.set(wish.key, needs);
      return needs;
    }
    this.#apart = true;
    this.#asksOthers = false;
    this.#busy = new Set();
    needs = this.#limits.aside(() => this.#limits.asFarAsNeeded(() => find(0)));
    this.#apart = false;
    this.#busy = before.busy;
    if (!this.#asksOthers) {
      known.set(wish.key, needs);
      this.#cuts = before.cuts;
    }
    this.#asksOthers ||= before.asksOthers;
    return needs;
  }

  #returned(f: Func, env: Env | null, wish: ValueConstraint, depth: number): Requirements {
    if (f.generator || f.returns.length > FIND_BOUNDS.conditionReturns) return NO_REQUIREMENTS;
    if (this.#busy.has(f)) return this.#cut();
    if (wish.accepts(undefined) && mayFallThrough(f)) return NO_REQUIREMENTS;
    this.#busy.add(f);
    const ask = (e: Expr, at: Standing) => this.#of(e, wish, at.env, at.depth);
    const needs = this.#limits.withHalf(() => this.#kept.given.ofAny(returnedAs(f, env), depth, ask));
    this.#busy.delete(f);
    return needs;
  }
}

/** Known as they stand. */
const WRITTEN_OUT: ReadonlySet<Expr["kind"]> = new Set(["object", "array", "function", "class", "regexp"]);
