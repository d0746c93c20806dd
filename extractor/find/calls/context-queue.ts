import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Call } from "../../ir/expression.ts";
import { type Func, isConstructor } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { CallSite } from "./call-site.ts";

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

/** A caller of the function that a chain is open in: the chain one call longer, before anything is asked of it. */
export interface Caller {
  outer: ContextChain;
  f: Func;
  site: CallSite;
  /** Callers that the chain has at this place. */
  among: number;
}

interface Asked {
  sites: number;
  steps: number;
  /** One of them, or a caller further out, told something. */
  fruitful: boolean;
}

/**
 * Callers in the order they are asked: one caller of the call's own function after the other, each with the callers
 * further out, nearest first. Where only few call that function, as in a wrapper of a wrapper, their callers are asked
 * one after the other as well. A hole may wait for a function that hundreds call and none of them fills: the one that
 * changes the settings, say. When so many callers of a function have told nothing, the others wait until one further
 * out does.
 */
export class ContextQueue {
  /** Callers that are asked one after the other, each with those further out; the next is the last. */
  #starts: Caller[] = [];
  /** The one of them whose callers are asked. */
  #start: Caller | null = null;
  #queue: Caller[] = [];
  #at = 0;
  #waiting: Caller[] = [];
  /** A function has told its first. */
  #isNews = false;
  readonly #asked = new Map<Func, Asked>();
  readonly #nearestFirst: boolean;

  /** @param nearestFirst callers of few are asked as all others further out are */
  constructor(nearestFirst: boolean) {
    this.#nearestFirst = nearestFirst;
  }

  /** Takes the callers of the call's own function. */
  start(callers: readonly Caller[]): void {
    this.#starts = callers.toReversed();
  }

  /** Takes the callers of the last one's function. */
  add(callers: readonly Caller[], of: Caller): void {
    const isAnother = !this.#nearestFirst && of === this.#start && isOneOfFew(of);
    if (isAnother && !callers.some(({ f }) => isConstructor(f))) this.#starts.push(...callers.toReversed());
    else for (const caller of callers) this.#queue.push(caller);
  }

  /** Is a caller the first of its group? */
  isStart(caller: Caller): boolean {
    return caller === this.#start;
  }

  /** Null when nothing is left that is worth asking. */
  next(): Caller | null {
    this.#resume();
    for (let caller = this.#taken(); caller !== undefined; caller = this.#taken()) {
      if (this.#isWorth(caller.f)) return caller;
      this.#waiting.push(caller);
    }
    return null;
  }

  #taken(): Caller | undefined {
    if (this.#at < this.#queue.length) return this.#queue[this.#at++];
    this.#queue = [];
    this.#at = 0;
    const start = this.#starts.pop();
    if (start !== undefined) this.#start = start;
    return start;
  }

  /** Those that waited come first: they were found before the others. */
  #resume(): void {
    if (!this.#isNews) return;
    this.#isNews = false;
    const worth: Caller[] = [];
    const waiting: Caller[] = [];
    for (const caller of this.#waiting) (this.#isWorth(caller.f) ? worth : waiting).push(caller);
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

  #isWorth(f: Func): boolean {
    const { sites, steps, fruitful } = this.#of(f);
    return fruitful || sites < FIND_BOUNDS.callersInAnyCase || steps < FIND_BOUNDS.stepsOfCallers;
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

/** `const send = (url) => fetch(url); const post = (path) => send(base + path);` */
const isOneOfFew = ({ outer, among }: Caller): boolean =>
  among <= FIND_BOUNDS.fewCallers && outer.path.length < FIND_BOUNDS.fewCallersLevels;
