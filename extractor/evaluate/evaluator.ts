import type { Expr, Guard } from "../ir/expression.ts";
import type { Program } from "../ir/program.ts";
import type { Func } from "../ir/unit.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import { BOUNDS } from "./bounds.ts";
import { compute } from "./compute.ts";
import type { Env, Frame } from "./env.ts";
import { mayFold } from "./foldable.ts";
import { limit } from "./limit.ts";
import { outcome } from "./outcome.ts";
import { hole, NOTHING, openOrigins, type Values } from "./value.ts";

/** A bundled library's object, known by members that are assigned to it; `module` is what it stands for. */
export interface Brand {
  module: string;
  members: readonly string[];
}

export interface EvaluatorOptions {
  program: Program;
  log: DiagnosticLog;
  brands: readonly Brand[];
  /** Calls that make a client of a known library, by what they make. */
  makers: ReadonlyMap<string, string>;
  /** Natives whose calls bring back what a server answered. */
  responds: (path: string) => boolean;
}

/** A chain of callers that a question is asked under: each function was called with this frame. */
export interface CallContext {
  frames: ReadonlyMap<Func, Frame>;
  /** Some frame says what its method was called on, which may settle what a constructor got. */
  receivers: boolean;
}

interface Memo {
  get(e: Expr): Entry | undefined;
  set(e: Expr, entry: Entry): unknown;
  delete(e: Expr): unknown;
}

/** In progress (`values` null), or done; `low`: the outermost evaluation in progress that the result leans on. */
interface Entry {
  values: Values | null;
  low: number;
}

interface ContextMemo {
  root: Map<Expr, Entry>;
  inside: WeakMap<Env, Map<Expr, Entry>>;
}

const newMemo = (): ContextMemo => ({ root: new Map(), inside: new WeakMap() });

const FINAL = Number.POSITIVE_INFINITY;

/**
 * Values on demand. Flow-insensitive: a variable is the join of all its definitions. Results are kept per expression and
 * environment; what was computed while one of its inputs was still in progress is forgotten as soon as that input is done.
 * Under a calling context an expression is first evaluated without it, and again only if holes remain that it can fill.
 */
export class Evaluator {
  readonly program: Program;
  readonly log: DiagnosticLog;
  readonly options: EvaluatorOptions;
  readonly #root = new Map<Expr, Entry>();
  readonly #memos = new WeakMap<Env, Map<Expr, Entry>>();
  #context: CallContext | null = null;
  /** What was found under a context stays with it: a context is asked more than once. */
  readonly #contexts = new WeakMap<CallContext, ContextMemo>();
  #contextMemo: ContextMemo = newMemo();
  #provisional: { memo: Memo; e: Expr }[] = [];
  readonly #entered = new Map<Func, number>();
  readonly #looking = new WeakMap<object, Map<string, number>>();
  #depth = 0;
  #lowest = FINAL;
  #fuel = 0;
  #looks = 0;
  #guards = 0;

  constructor(options: EvaluatorOptions) {
    this.options = options;
    this.program = options.program;
    this.log = options.log;
  }

  get context(): CallContext | null {
    return this.#context;
  }

  /** The last question took more steps than it was given: what hangs on its answer would take as many. */
  get exhausted(): boolean {
    return this.#fuel < 0 || this.#looks < 0;
  }

  /** Asks a question from outside: fresh fuel, and the callers to assume. */
  ask<T>(context: CallContext | null, question: () => T): T {
    if (this.#depth > 0) throw new Error("a question inside a question");
    this.#context = context;
    if (context !== null) {
      let memo = this.#contexts.get(context);
      if (memo === undefined) {
        memo = newMemo();
        this.#contexts.set(context, memo);
      }
      this.#contextMemo = memo;
    }
    this.#fuel = BOUNDS.fuel;
    this.#looks = BOUNDS.looks;
    try {
      return question();
    } finally {
      this.#context = null;
      this.#depth = 0;
      this.#lowest = FINAL;
      this.#forget(0);
    }
  }

  evaluate(e: Expr, env: Env | null): Values {
    switch (e.k) {
      case "literal":
      case "function":
      case "class":
      case "object":
      case "array":
      case "regexp":
      case "unknown":
        return compute(this, e, env);
      default:
    }
    if (e.k === "this" && this.#context !== null) return this.#remembered(e, env, this.#contextMemoOf(env));
    if (this.#context === null) return this.#remembered(e, env, this.#memoOf(env));
    const context = this.#context;
    const known = this.#contextMemoOf(env).get(e);
    if (known !== undefined) return this.#remembered(e, env, this.#contextMemoOf(env));
    this.#context = null;
    const plain = this.#remembered(e, env, this.#memoOf(env));
    this.#context = context;
    if (!this.#fillable(plain, context)) return plain;
    return this.#remembered(e, env, this.#contextMemoOf(env));
  }

  /**
   * Looks into a closure. An object that spreads itself, or a list made of itself, leads back here: nothing new comes of it then.
   */
  lookInto<T>(closure: object, key: string, look: () => T, again: T): T {
    let keys = this.#looking.get(closure);
    if (keys === undefined) {
      keys = new Map();
      this.#looking.set(closure, keys);
    }
    const since = keys.get(key);
    if (since !== undefined) {
      this.#lowest = Math.min(this.#lowest, since);
      return again;
    }
    if (--this.#looks < 0) {
      this.log.add("cut-fuel", `a value that takes more than ${BOUNDS.looks} looks into objects`);
      this.#lowest = Math.min(this.#lowest, 0);
      return again;
    }
    keys.set(key, this.#depth);
    try {
      return look();
    } finally {
      keys.delete(key);
    }
  }

  /**
   * Works through a function's body. A function that is already being worked through so often leads back to itself, and
   * yields `again` there.
   */
  enter<T>(f: Func, body: () => T, again: T): T {
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
  alive(guard: Guard | null, env: Env | null): boolean {
    if (guard === null || this.#guards >= BOUNDS.guards) return true;
    this.#guards++;
    try {
      for (let g: Guard | null = guard; g !== null; g = g.outer) {
        if (!mayFold(g.test)) continue;
        const is = outcome(this, g.test, env);
        if (is !== null && is !== g.is) return false;
      }
      return true;
    } finally {
      this.#guards--;
    }
  }

  #forget(since: number): void {
    for (const { memo, e } of this.#provisional.splice(since)) memo.delete(e);
  }

  #fillable(values: Values, context: CallContext): boolean {
    let found = false;
    openOrigins(values, ({ f }) => {
      found ||= context.frames.has(f) || (context.receivers && isConstructor(f));
    });
    return found;
  }

  #remembered(e: Expr, env: Env | null, memo: Memo): Values {
    const entry = memo.get(e);
    if (entry !== undefined) {
      this.#lowest = Math.min(this.#lowest, entry.low);
      return entry.values ?? NOTHING;
    }
    if (this.#depth >= BOUNDS.depth) {
      this.log.add("cut-depth", `an expression more than ${BOUNDS.depth} steps from the question`);
      return [hole("unknown", "")];
    }
    if (--this.#fuel < 0) {
      this.log.add("cut-fuel", `a value that takes more than ${BOUNDS.fuel} steps`);
      this.#lowest = Math.min(this.#lowest, 0);
      return [hole("unknown", "")];
    }
    const before = this.#lowest;
    const depth = ++this.#depth;
    const since = this.#provisional.length;
    this.#lowest = FINAL;
    memo.set(e, { values: null, low: depth });
    const values = limit(compute(this, e, env), this.log);
    const low = this.#lowest;
    this.#depth--;
    if (low >= depth) {
      memo.set(e, { values, low: FINAL });
      this.#lowest = before;
      // what leaned on this one can be settled now
      if (low === depth) this.#forget(since);
    } else {
      memo.set(e, { values, low });
      this.#provisional.push({ memo, e });
      this.#lowest = Math.min(before, low);
    }
    return values;
  }

  #memoOf(env: Env | null): Map<Expr, Entry> {
    return env === null ? this.#root : of(this.#memos, env);
  }

  #contextMemoOf(env: Env | null): Map<Expr, Entry> {
    return env === null ? this.#contextMemo.root : of(this.#contextMemo.inside, env);
  }
}

const isConstructor = (f: Func): boolean => f.owner !== null && !("k" in f.owner) && f.owner.constructor_ === f;

function of(memos: WeakMap<Env, Map<Expr, Entry>>, env: Env): Map<Expr, Entry> {
  let memo = memos.get(env);
  if (memo === undefined) {
    memo = new Map();
    memos.set(env, memo);
  }
  return memo;
}
