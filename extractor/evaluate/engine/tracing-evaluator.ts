import type { Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Value, Values } from "../domain/value.ts";
import { type Env, envOf } from "./env.ts";
import { Evaluator } from "./evaluator.ts";
import type { Look, PropertyReader } from "./look.ts";

/**
 * One evaluation: of an expression, or a look into an object or list for a member (`expression` is then its literal,
 * if it has one).
 */
export interface Trace {
  expression: Expr | null;
  /** The member that was looked for. */
  key: string | null;
  env: Env | null;
  values: Values;
  /** What was evaluated on the way, in order. */
  inputs: readonly Trace[];
}

const ROOT = {};

/**
 * An evaluator that remembers how each value came about. Made for a second look at few calls: the ordinary run has no
 * part in it and pays nothing for it.
 */
export class TracingEvaluator extends Evaluator {
  #inputs: { trace: Trace; assuming: object | null }[] = [];
  /**
   * Inputs by calling context, environment, and what was evaluated: a result that is remembered brings none a second
   * time.
   */
  readonly #known = new WeakMap<object, WeakMap<object, Map<unknown, readonly Trace[]>>>();

  /** What is evaluated while `question` is asked, the outermost evaluations only. */
  record(question: () => void): Trace[] {
    return this.#collect(question).inputs.map(({ trace }) => trace);
  }

  override evaluate(e: Expr, env: Env | null): Values {
    const variable = e.kind === "ref" ? canonical(e.variable) : null;
    const here = variable === null ? env : envOf(env, variable.owner);
    return this.#traced(variable ?? e, { expression: e, key: null, env: here }, () => super.evaluate(e, env));
  }

  override readProperty<V extends object, T>(value: V, closure: object, key: string, look: Look<V, T>): T {
    return this.#look(value, closure, key, () => super.readProperty(value, closure, key, look));
  }

  override readField<V extends object, T>(value: V, key: string, read: PropertyReader<V, T>): T {
    return this.#look(value, value, key, () => super.readField(value, key, read));
  }

  override readLiteralProperty<V extends object, T>(
    value: V,
    closure: object,
    key: string,
    look: PropertyReader<V, T>,
  ): T {
    return this.#look(value, closure, key, () => super.readLiteralProperty(value, closure, key, look));
  }

  #look<T>(value: object, closure: object, key: string, compute: () => T): T {
    const e = "kind" in closure && "at" in closure ? (closure as Expr) : null;
    return this.#traced(key, { expression: e, key, env: null }, compute, value);
  }

  /** Conditions decide whether a value counts, and give nothing to it. */
  override isReachable(guard: Guard | null, env: Env | null): boolean {
    return guard === null || this.#collect(() => super.isReachable(guard, env)).result;
  }

  #traced<T>(
    key: unknown,
    about: Pick<Trace, "expression" | "key" | "env">,
    compute: () => T,
    place: object = about.env ?? ROOT,
  ): T {
    const assuming = this.context;
    const { result, inputs } = this.#collect(compute);
    const under = inputs.filter((input) => input.assuming !== null);
    // without the callers first, then again with them: what was seen last is the answer
    const own = (assuming !== null && under.length > 0 ? under : inputs).map(({ trace }) => trace);
    const plain = this.#tableOf(ROOT, place);
    const table = under.length > 0 && assuming !== null ? this.#tableOf(assuming, place) : plain;
    const values = Array.isArray(result) ? (result as Value[]) : null;
    if (own.length > 0) table.set(key, own);
    const known = (assuming === null ? undefined : this.#tableOf(assuming, place).get(key)) ?? plain.get(key) ?? [];
    const trace = { ...about, values: values ?? known.flatMap((input) => input.values), inputs: known };
    this.#inputs.push({ trace, assuming });
    return result;
  }

  #collect<T>(body: () => T): { result: T; inputs: { trace: Trace; assuming: object | null }[] } {
    const outer = this.#inputs;
    const inputs: typeof outer = [];
    this.#inputs = inputs;
    try {
      return { result: body(), inputs };
    } finally {
      this.#inputs = outer;
    }
  }

  #tableOf(context: object, place: object): Map<unknown, readonly Trace[]> {
    let byPlace = this.#known.get(context);
    if (byPlace === undefined) {
      byPlace = new WeakMap();
      this.#known.set(context, byPlace);
    }
    let table = byPlace.get(place);
    if (table === undefined) {
      table = new Map();
      byPlace.set(place, table);
    }
    return table;
  }
}
