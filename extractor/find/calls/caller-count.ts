import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import type { ContextChain } from "./context-queue.ts";

/** A function, how many calls of it a search knew, and how many of them it followed. */
export interface Unfollowed {
  f: Func;
  known: number;
  followed: number;
}

/** Which callers of which functions a search has followed. */
export class CallerCount {
  readonly #known = new Map<Func, number>();
  readonly #asked = new Map<Func, Set<Call>>();
  readonly #ended = new Map<Func, Set<Call>>();

  knows(f: Func, callers: number): void {
    this.#known.set(f, Math.max(callers, this.#known.get(f) ?? 0));
  }

  asks(f: Func, call: Call): void {
    add(this.#asked, f, call);
  }

  /** A chain of callers that is let go: none of its calls was followed to the end. */
  letsGo({ path, called }: Pick<ContextChain, "path" | "called">): void {
    for (const [i, f] of called.entries()) add(this.#ended, f, path[i]!);
  }

  /** The function with the most callers that were not followed; null where there is none. */
  fewest(): Unfollowed | null {
    let fewest: Unfollowed | null = null;
    for (const [f, known] of this.#known) {
      const ended = this.#ended.get(f);
      const followed = [...(this.#asked.get(f) ?? [])].filter((call) => ended?.has(call) !== true).length;
      if (known - followed > (fewest === null ? 0 : fewest.known - fewest.followed)) fewest = { f, known, followed };
    }
    return fewest;
  }
}

function add(calls: Map<Func, Set<Call>>, f: Func, call: Call): void {
  const known = calls.get(f);
  if (known === undefined) calls.set(f, new Set([call]));
  else known.add(call);
}
