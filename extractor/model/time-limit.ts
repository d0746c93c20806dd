/** What a run may take if nothing is said. */
export const DEFAULT_SECONDS = 600;

/** Thrown where the time that was given is spent; what was found before stands. */
export class TimeSpent extends Error {}

/** The time that a run, or a part of it, may take. */
export class TimeLimit {
  readonly #now: () => number;
  #end: number;

  /**
   * @param milliseconds from now on; Infinity for no limit
   * @param now milliseconds since any fixed moment
   */
  constructor(milliseconds: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#end = now() + milliseconds;
  }

  get isSpent(): boolean {
    return this.#now() >= this.#end;
  }

  /** @throws TimeSpent */
  check(): void {
    if (this.isSpent) throw new TimeSpent();
  }

  /**
   * Work that may take a share of the time that is left, so that something is left for what comes after it.
   * @param otherwise the result where that is too little
   */
  within<T>(share: number, work: () => T, otherwise: () => T): T {
    const end = this.#end;
    if (this.isSpent) return otherwise();
    if (end !== Number.POSITIVE_INFINITY) this.#end = this.#now() + (end - this.#now()) * share;
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TimeSpent)) throw error;
      return otherwise();
    } finally {
      this.#end = end;
    }
  }
}

export const NO_LIMIT = new TimeLimit(Number.POSITIVE_INFINITY);
