import type { Values } from "../domain/value.ts";

/** Of a result that leans on nothing in progress. */
export const SETTLED = Number.POSITIVE_INFINITY;

/** In progress (`values` null), or done. */
export interface Entry {
  values: Values | null;
  /**
   * The depth of the outermost evaluation in progress that the result leans on; of one in progress, its own. Negative,
   * or 0 for none, where a bound cut the result short as well.
   */
  lowLink: number;
}

/**
 * Which results hold, and which only until an evaluation in progress is done. Evaluations lie inside each other; one
 * that meets another in progress takes what that has so far and *leans on* it: its result is provisional, and so is
 * all that is made of it. When the one leant on is done, its own result holds and those that leant on it are
 * forgotten, to be computed anew when asked.
 *
 * The bookkeeping is that of Tarjan's low-links: the depth of the outermost evaluation that the present one leans on.
 */
export class ProvisionalResults {
  #depth = 0;
  #lowLink = SETTLED;
  /** Did a bound cut the present evaluation short? */
  #cut = false;
  readonly #provisional: { memo: Map<unknown, unknown>; key: unknown }[] = [];
  /** What evaluations in progress are taken for meanwhile. */
  readonly #meanwhile = new Map<object, Values>();
  /** By depth: the low-link around an evaluation as results keep it, and how many were provisional when it began. */
  readonly #outer: number[] = [];
  readonly #since: number[] = [];

  /** How many evaluations are in progress. */
  get depth(): number {
    return this.#depth;
  }

  /** Does what was computed since the last start lean on something in progress? */
  get isProvisional(): boolean {
    return this.#cut || this.#lowLink !== SETTLED;
  }

  /** What the present evaluation leans on most; a result that is kept remembers it. */
  get lowLink(): number {
    if (!this.#cut) return this.#lowLink;
    return this.#lowLink === SETTLED ? 0 : -this.#lowLink;
  }

  /** The present evaluation uses a result of this low-link. */
  leanOn(lowLink: number): void {
    if (lowLink <= 0) this.#cut = true;
    const depth = lowLink === 0 ? SETTLED : Math.abs(lowLink);
    if (depth < this.#lowLink) this.#lowLink = depth;
  }

  /** A bound cut the present evaluation short: its result serves this question and no other, unless it is costly. */
  leanOnQuestion(): void {
    this.#cut = true;
  }

  /** Begins an evaluation. @returns what stands in the memo until `finish` */
  start(): Entry {
    const depth = ++this.#depth;
    this.#outer[depth] = this.lowLink;
    this.#since[depth] = this.#provisional.length;
    this.#startAnew();
    return { values: null, lowLink: depth };
  }

  /** What `entry` was begun for is kept although a bound cut it short, if it leans on nothing else in progress. */
  keepCut(entry: Entry): void {
    if (this.#lowLink >= entry.lowLink) this.#cut = false;
  }

  /** Ends the evaluation that `entry`, which is kept under that key, was begun for. */
  finish(entry: Entry, values: Values, memo: Map<object, Entry>, key: object): void {
    const depth = entry.lowLink;
    const low = this.#lowLink;
    // what leant on this one can be settled now
    if (low === depth) {
      this.#forget(this.#since[depth]!);
      this.#lowLink = SETTLED;
    }
    const own = this.lowLink;
    this.#depth = depth - 1;
    this.#startAnew();
    this.leanOn(this.#outer[depth]!);
    entry.values = values;
    entry.lowLink = own;
    if (own !== SETTLED) {
      this.#provisional.push({ memo, key });
      this.leanOn(own);
    }
  }

  /** The evaluations inside this depth ended without a result. */
  abandon(depth: number): void {
    this.#depth = depth;
    this.leanOnQuestion();
  }

  /** Begins a look into something, which has no depth of its own. @returns for `endLook` */
  startLook(): number {
    const outer = this.lowLink;
    this.#startAnew();
    return outer;
  }

  /** What was seen is kept under that key. */
  keepLook(memo: Map<unknown, unknown>, key: unknown): void {
    if (this.isProvisional) this.#provisional.push({ memo, key });
  }

  endLook(outer: number): void {
    this.leanOn(outer);
  }

  /** What a variable in progress is taken for; undefined where nothing is assumed of it. */
  valuesOf(key: object): Values | undefined {
    return this.#meanwhile.get(key);
  }

  /** Asks while something is in progress, as if it had these values: nothing that leans on them is remembered. */
  assuming<T>(key: object, values: Values, question: () => T): T {
    const since = this.#provisional.length;
    const before = this.#meanwhile.get(key);
    this.#meanwhile.set(key, values);
    try {
      return question();
    } finally {
      this.#forget(since);
      if (before === undefined) this.#meanwhile.delete(key);
      else this.#meanwhile.set(key, before);
    }
  }

  /** The question is done: all that is still provisional leant on it alone. */
  end(): void {
    this.#depth = 0;
    this.#startAnew();
    this.#forget(0);
  }

  #startAnew(): void {
    this.#lowLink = SETTLED;
    this.#cut = false;
  }

  #forget(since: number): void {
    if (this.#provisional.length === since) return;
    for (const { memo, key } of this.#provisional.splice(since)) memo.delete(key);
  }
}
