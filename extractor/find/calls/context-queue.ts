import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";

/** So many callers of one function are asked in any case, and more as long as that is cheap, in steps of the evaluator. */
const SITES = 16;
const STEPS = 1000;

/** A chain of callers that a question is asked under. */
export interface ContextChain {
  context: CallingContext | null;
  /** From the sink's function outwards. */
  path: Call[];
  /** The functions that these call. */
  called: Func[];
  /** Of each, the member it means where its name is computed. */
  keys: (string | null)[];
}

interface Asked {
  sites: number;
  steps: number;
  /** One of them, or a caller further out, told something. */
  fruitful: boolean;
}

/**
 * Contexts in the order they were found. A hole may wait for a function that hundreds call and none of them fills: the one that
 * changes the settings, say. When so many callers of a function have told nothing, the others wait until one further out does.
 */
export class ContextQueue {
  #queue: ContextChain[] = [];
  #at = 0;
  #waiting: ContextChain[] = [];
  /** A function has told its first. */
  #isNews = false;
  readonly #asked = new Map<Func, Asked>();

  add(climb: ContextChain): void {
    this.#queue.push(climb);
  }

  /** Null when nothing is left that is worth asking. */
  next(): ContextChain | null {
    this.#resume();
    for (let at = this.#queue[this.#at++]; at !== undefined; at = this.#queue[this.#at++]) {
      if (this.#isWorth(at)) return at;
      this.#waiting.push(at);
    }
    return null;
  }

  /** Those that waited come first: they were found before the others. */
  #resume(): void {
    if (!this.#isNews) return;
    this.#isNews = false;
    const worth: ContextChain[] = [];
    const waiting: ContextChain[] = [];
    for (const at of this.#waiting) (this.#isWorth(at) ? worth : waiting).push(at);
    if (worth.length === 0) return;
    this.#waiting = waiting;
    this.#queue = [...worth, ...this.#queue.slice(this.#at)];
    this.#at = 0;
  }

  /** Those that were never asked. */
  get left(): number {
    return this.#waiting.length;
  }

  told({ called }: ContextChain, anything: boolean, steps: number): void {
    for (const f of anything ? called : []) {
      const asked = this.#of(f);
      this.#isNews ||= !asked.fruitful;
      asked.fruitful = true;
    }
    const last = called.at(-1);
    if (last === undefined) return;
    const asked = this.#of(last);
    asked.sites++;
    asked.steps += steps;
  }

  #isWorth({ called }: ContextChain): boolean {
    const last = called.at(-1);
    if (last === undefined) return true;
    const { sites, steps, fruitful } = this.#of(last);
    return fruitful || sites < SITES || steps < STEPS;
  }

  #of(f: Func): Asked {
    let asked = this.#asked.get(f);
    if (asked === undefined) {
      asked = { sites: 0, steps: 0, fruitful: false };
      this.#asked.set(f, asked);
    }
    return asked;
  }
}
