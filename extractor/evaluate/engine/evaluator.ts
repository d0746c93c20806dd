import type { Expr, Guard } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import { hole, NOTHING, type Values } from "../domain/value.ts";
import { isFold, widened } from "../domain/widening.ts";
import { compute } from "../transfer/compute.ts";
import { BOUNDS } from "./bounds.ts";
import { CallFrames } from "./call-frames.ts";
import type { CallingContext } from "./calling-context.ts";
import { conditionOutcome } from "./condition-outcome.ts";
import { isContextIndependent, isContextIndependentVariable } from "./context-independent.ts";
import { CostlyResults } from "./costly-results.ts";
import { type Env, envOf } from "./env.ts";
import type { EvaluatorOptions } from "./evaluator-options.ts";
import type { Look, PropertyReader } from "./look.ts";
import { LooksInProgress } from "./looks-in-progress.ts";
import { contextMemo, lastingMemo, type Memo, type PropertyRead, type Results, resultsIn } from "./memo.ts";
import type { Natives } from "./natives.ts";
import { isFillable } from "./open-holes.ts";
import { AsksOn, OutOfBudget } from "./out-of-budget.ts";
import { ProvisionalResults, SETTLED } from "./provisional-results.ts";
import { isWorthFolding } from "./worth-folding.ts";

/**
 * Values on demand. Flow-insensitive: a variable is the join of all its definitions. Results are kept per expression
 * and environment; what was computed while one of its inputs was still in progress is forgotten as soon as that input
 * is done. Under a calling context an expression is first evaluated without it, and again only if holes remain that
 * it can fill.
 */
export class Evaluator {
  readonly program: Program;
  readonly log: DiagnosticLog;
  readonly options: EvaluatorOptions;
  readonly natives: Natives;
  readonly #memo = lastingMemo();
  #context: CallingContext | null = null;
  /** What was found under a context stays with it: a context is asked more than once. */
  readonly #contexts = new WeakMap<CallingContext, Memo>();
  #contextMemo: Memo = this.#memo;
  readonly frames = new CallFrames();
  readonly #progress = new ProvisionalResults();
  readonly #costly = new CostlyResults();
  readonly #entered = new Map<Func, number>();
  readonly #reading = new LooksInProgress();
  #fuel = 0;
  #budget = 0;
  #steps = 0;
  #readsLeft = 0;
  #questions = 0;
  #guards = 0;

  constructor(options: EvaluatorOptions, natives: Natives) {
    this.options = options;
    this.natives = natives;
    this.program = options.program;
    this.log = options.log;
  }

  get context(): CallingContext | null {
    return this.#context;
  }

  /** Expressions looked at so far, for all questions together. */
  get steps(): number {
    return this.#steps;
  }

  /** The last question took more steps than it was given: what hangs on its answer would take as many. */
  get exhausted(): boolean {
    return this.#fuel < 0 || this.#readsLeft < 0;
  }

  /**
   * Asks a question from outside: fresh fuel, and the callers to assume. One that another needs between two of its
   * steps leaves that one as it was.
   */
  ask<T>(context: CallingContext | null, question: (ev: this) => T, fuel: number = BOUNDS.fuel): T {
    if (this.#progress.depth > 0) throw new Error("a question inside a question");
    this.options.time?.check();
    const outer = this.#context;
    const left = [this.#fuel, this.#budget, this.#readsLeft] as const;
    this.#questions++;
    this.#enterContext(context);
    this.#fuel = fuel;
    this.#budget = fuel;
    this.#readsLeft = BOUNDS.propertyReads;
    try {
      return question(this);
    } finally {
      this.#enterContext(outer);
      // how much the last question took is asked from outside
      if (--this.#questions > 0) [this.#fuel, this.#budget, this.#readsLeft] = left;
      this.#progress.end();
    }
  }

  #enterContext(context: CallingContext | null): void {
    this.#context = context;
    if (context === null) return;
    let memo = this.#contexts.get(context);
    if (memo === undefined) {
      memo = contextMemo();
      this.#contexts.set(context, memo);
    }
    this.#contextMemo = memo;
  }

  evaluate(e: Expr, env: Env | null): Values {
    switch (e.kind) {
      case "literal":
      case "function":
      case "class":
      case "object":
      case "array":
      case "regexp":
      case "unknown":
        return this.#closureValue(e, env);
      case "ref": {
        const v = canonical(e.variable);
        return this.#valueOf(
          v,
          e,
          env === null || isContextIndependentVariable(this.program.cache, v) ? null : envOf(env, v.owner),
        );
      }
      default:
        return this.#valueOf(e, e, env !== null && isContextIndependent(this.program.cache, e) ? null : env);
    }
  }

  /** What is known without asking further is the same object each time, so that looks into it are remembered. */
  #closureValue(e: Expr, env: Env | null): Values {
    const memo = resultsIn(this.#memo, env);
    let entry = memo.get(e);
    if (entry === undefined) {
      entry = { values: compute(this, e, env), lowLink: SETTLED };
      memo.set(e, entry);
    }
    return entry.values!;
  }

  #valueOf(key: object, e: Expr, env: Env | null): Values {
    const context = this.#context;
    if (context === null) return this.#remembered(key, e, env, resultsIn(this.#memo, env));
    const memo = resultsIn(this.#contextMemo, env);
    if (context.assumed !== undefined) {
      const told = env === null ? context.assumed.assumption.values.get(key) : undefined;
      if (told !== undefined) return told;
      if (memo.has(key)) return this.#remembered(key, e, env, memo);
      this.#enterContext(context.assumed.base);
      const any = this.#valueOf(key, e, env);
      this.#enterContext(context);
      // of several values, one way has some
      return any.length > 1 || any.some(isFold) ? this.#remembered(key, e, env, memo) : any;
    }
    if (e.kind === "this" || memo.has(key)) return this.#remembered(key, e, env, memo);
    this.#context = null;
    const plain = this.#remembered(key, e, env, resultsIn(this.#memo, env));
    this.#context = context;
    return isFillable(plain, context) ? this.#remembered(key, e, env, memo) : plain;
  }

  /** A question whose answer matters only where it is near: `far` is the answer where that takes many steps. */
  tryWithin<T>(question: (ev: this) => T, far: T, context: CallingContext | null = null): T {
    try {
      return this.ask(context, question, BOUNDS.nearbyFuel);
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      return far;
    }
  }

  /**
   * Looks into a closure; what was seen is remembered with `value`. An object that spreads itself, or a list made of
   * itself, leads back to `closure`: nothing new comes of it then.
   */
  readProperty<V extends object, T>(value: V, closure: object, key: string, { read, again }: Look<V, T>): T {
    return this.#rememberedLook(value, key, (reads) => {
      const began = this.#reading.beganAt(value, closure, key);
      if (began !== null) {
        this.#progress.leanOn(began);
        return again;
      }
      if (this.#reading.count >= BOUNDS.nestedReads) {
        this.log.add("cut-depth", `an object more than ${BOUNDS.nestedReads} spreads from the one that is looked into`);
        this.#progress.leanOnQuestion();
        return again;
      }
      if (--this.#readsLeft < 0) {
        this.log.add("cut-fuel", `a value that takes more than ${BOUNDS.propertyReads} looks into objects`);
        this.#progress.leanOnQuestion();
        return again;
      }
      const look = { value, closure, key, depth: this.#progress.depth };
      return this.#reading.within(look, () => this.#looked(reads, key, () => read(this, value, key)));
    });
  }

  /** The same for one whose expressions know by themselves that they are in progress: the fields of a class. */
  readField<V extends object, T>(value: V, key: string, read: PropertyReader<V, T>): T {
    return this.#rememberedLook(value, key, (reads) => this.#looked(reads, key, () => read(this, value, key)));
  }

  /** The same for one that is looked through at once, and that nothing leads back to. */
  readLiteralProperty<V extends object, T>(value: V, _closure: object, key: string, look: PropertyReader<V, T>): T {
    return look(this, value, key);
  }

  #rememberedLook<T>(value: object, key: string, look: (reads: Map<string, PropertyRead>) => T): T {
    const { propertyReads } = this.#context === null ? this.#memo : this.#contextMemo;
    let reads = propertyReads.get(value);
    if (reads === undefined) {
      reads = new Map();
      propertyReads.set(value, reads);
    }
    const known = reads.get(key);
    if (known !== undefined) this.#progress.leanOn(known.lowLink);
    return known === undefined ? look(reads) : (known.result as T);
  }

  #looked<T>(reads: Map<string, PropertyRead>, key: string, look: () => T): T {
    const outer = this.#progress.startLook();
    try {
      const result = look();
      reads.set(key, { result, lowLink: this.#progress.lowLink });
      this.#progress.keepLook(reads, key);
      return result;
    } finally {
      this.#progress.endLook(outer);
    }
  }

  /** Asks while a variable is in progress, as if it had these values: a URL, while its parts are written. */
  whileInProgress<T>(variable: Variable, values: Values, question: () => T): T {
    return this.#progress.assuming(variable, values, question);
  }

  /**
   * Works through a function's body. A function that is already being worked through so often leads back to itself, and
   * yields `again` there.
   */
  guardRecursion<T>(f: Func, body: () => T, again: T): T {
    const active = this.#entered.get(f) ?? 0;
    if (active >= BOUNDS.recursion) return again;
    this.#entered.set(f, active + 1);
    try {
      return body();
    } finally {
      this.#entered.set(f, active);
    }
  }

  /** False only where a condition surely has the other outcome. */
  isReachable(guard: Guard | null, env: Env | null): boolean {
    if (guard === null || this.#guards >= BOUNDS.guards) return true;
    this.#guards++;
    try {
      for (let g: Guard | null = guard; g !== null; g = g.outer) {
        if (!isWorthFolding(this.program.cache, g.test) && !this.#context?.assumed?.assumption.concerns(g.test))
          continue;
        const is = conditionOutcome(this, g.test, env);
        if (is !== null && is !== g.is) return false;
      }
      return true;
    } finally {
      this.#guards--;
    }
  }

  /**
   * A stack that runs out is one more bound: how deep a step goes isn't known before. What asks on when nothing is left
   * is broken off: `list.map(f)` over what a hundred definitions may hold would ask for each of them in vain.
   */
  #computed(e: Expr, env: Env | null, depth: number): Values {
    const context = this.#context;
    try {
      return widened(compute(this, e, env), this.log);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof AsksOn)) throw error;
      this.#enterContext(context);
      this.#progress.abandon(depth);
      if (error instanceof RangeError) this.log.add("stack-spent", "a value that takes more stack than there is");
      return [hole("unknown", "")];
    }
  }

  #remembered(key: object, e: Expr, env: Env | null, memo: Results): Values {
    const entry = memo.get(key);
    if (entry !== undefined) {
      this.#progress.leanOn(entry.lowLink);
      return entry.values ?? this.#progress.valuesOf(key) ?? NOTHING;
    }
    if (this.#progress.depth >= BOUNDS.depth) {
      this.log.add("cut-depth", `an expression more than ${BOUNDS.depth} steps from the question`);
      return [hole("unknown", "")];
    }
    if (--this.#fuel < 0) {
      this.log.add("cut-fuel", `a value that takes more than ${this.#budget} steps`);
      if (this.#budget === BOUNDS.nearbyFuel) throw new OutOfBudget();
      this.#progress.leanOnQuestion();
      if (this.#fuel < -BOUNDS.asksInVain && this.#progress.depth > 0) throw new AsksOn();
      return [hole("unknown", "")];
    }
    if ((++this.#steps & 1023) === 0) this.options.time?.check();
    const started = this.#progress.start();
    const [fuel, { accounted }] = [this.#fuel, this.#costly];
    memo.set(key, started);
    let values: Values;
    try {
      values = this.#computed(e, env, started.lowLink);
    } catch (error) {
      memo.delete(key);
      throw error;
    }
    if (this.#fuel < 0 && this.#costly.stays(memo, key, Math.max(fuel, 0), accounted)) this.#progress.keepCut(started);
    this.#progress.finish(started, values, memo, key);
    return values;
  }
}
