import { BOUNDS } from "./bounds.ts";
import type { Results } from "./memo.ts";

/**
 * Results that fuel cuts short again and again. What a question found out on its way stays, so the next one gets
 * further: a switch with ten thousand arms is known whole after four. An expression that takes as many steps once more
 * would take them each time it is met. What is known of it by then is its answer.
 */
export class CostlyResults {
  readonly #times = new WeakMap<Results, Map<object, number>>();
  /** Steps of the present question that are accounted for: those around them aren't costly for the same steps. */
  #accounted = 0;

  get accounted(): number {
    return this.#accounted;
  }

  /**
   * Does a result that fuel has cut short stay, if nothing else stands against it?
   * @param steps those that it took
   * @param accountedBefore what `accounted` was when it was begun
   */
  stays(memo: Results, key: object, steps: number, accountedBefore: number): boolean {
    const own = steps - (this.#accounted - accountedBefore);
    if (own < BOUNDS.costlySteps) return false;
    this.#accounted += own;
    const met = this.#times.get(memo) ?? new Map<object, number>();
    this.#times.set(memo, met);
    const times = (met.get(key) ?? 0) + 1;
    met.set(key, times);
    return times > BOUNDS.costlyTimes;
  }
}
