import { BOUNDS } from "./bounds.ts";
import type { Results } from "./memo.ts";

/**
 * Results that fuel cuts short again and again. What a question found out on its way stays, so the next one gets
 * further; an expression that takes as many steps a second time would take them each time it is met. What is known of
 * it by then is its answer.
 */
export class CostlyResults {
  readonly #metBefore = new WeakMap<Results, Set<object>>();
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
    const met = this.#metBefore.get(memo);
    if (met?.has(key)) return true;
    if (met === undefined) this.#metBefore.set(memo, new Set([key]));
    else met.add(key);
    return false;
  }
}
