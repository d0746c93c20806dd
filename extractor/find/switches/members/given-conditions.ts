import type { Argument } from "../../../evaluate/domain/value.ts";
import { argumentAt } from "../../../evaluate/engine/call-frames.ts";
import type { Expr, Guard } from "../../../ir/expression.ts";
import { type Func, isInside } from "../../../ir/unit.ts";
import { FIND_BOUNDS } from "../../bounds.ts";
import { hasArgument } from "../../calls/call-site.ts";
import type { ConditionSearch } from "../condition-search.ts";
import type { Ask, Given, Standing } from "../given.ts";
import {
  and,
  andAtOnce,
  FALSY,
  NO_REQUIREMENTS,
  ofMissing,
  or,
  type Requirements,
  TRUTHY,
  UNREACHABLE,
  type ValueConstraint,
} from "../requirements.ts";

/** What has to hold for one of several things to have been given. */
export class GivenConditions {
  readonly #sitesOf: ConditionSearch["sitesOf"];
  readonly #ask: Ask;

  constructor(sitesOf: ConditionSearch["sitesOf"], ask: Ask) {
    this.#sitesOf = sitesOf;
    this.#ask = ask;
  }

  /** A chain of conditions, each in the function that `at` is a call of. */
  underGuard(guard: Guard | null, at: Standing): Requirements {
    let needs: Requirements = NO_REQUIREMENTS;
    for (let g = guard; g !== null && needs !== null; g = g.outer)
      needs = and(needs, this.#ask(g.test, g.is ? TRUTHY : FALSY, at));
    return needs;
  }

  /** What a call gives a parameter. */
  ofArgument(args: readonly Argument[], i: number, wish: ValueConstraint, depth: number): Requirements {
    if (!hasArgument(args, i)) return ofMissing(wish);
    const a = argumentAt(args, i);
    if (a === undefined || !("expression" in a)) return NO_REQUIREMENTS;
    return this.#ask(a.expression, wish, { env: a.env, depth });
  }

  /** One of what was given has the wished value, and nothing given later took its place. */
  ofAny(given: readonly Given[], depth: number, ask: (e: Expr, at: Standing) => Requirements): Requirements {
    if (given.length > FIND_BOUNDS.conditionGiven) return NO_REQUIREMENTS;
    let needs: Requirements = UNREACHABLE;
    for (const [i, { expression, guard, env, by }] of given.entries()) {
      let one = ask(expression, { env, depth });
      if (one === null) continue;
      one = andAtOnce(one, this.underGuard(guard, { env, depth }));
      if (by !== undefined && given.length <= FIND_BOUNDS.conditionGivers) one = and(one, this.#called(by, depth));
      for (const later of given.slice(i + 1))
        if (later.replaces && one !== null) one = and(one, this.#not(later, depth));
      needs = or(needs, one);
      if (needs !== null && needs.size === 0) return NO_REQUIREMENTS;
    }
    return needs;
  }

  /** For a function to be called: the conditions around its calls, and no further. */
  #called(f: Func, depth: number): Requirements {
    const sites = this.#sitesOf(f)?.filter(({ within }) => !isInside(within, f)) ?? [];
    if (sites.length === 0 || sites.length > FIND_BOUNDS.conditionGivers) return NO_REQUIREMENTS;
    const at = { env: null, depth };
    return sites.map(({ guard }) => this.underGuard(guard, at)).reduce(or, UNREACHABLE) ?? NO_REQUIREMENTS;
  }

  /** One of the conditions around it does not hold. */
  #not({ guard, env }: Given, depth: number): Requirements {
    let needs: Requirements = UNREACHABLE;
    for (let g = guard; g !== null; g = g.outer)
      needs = or(needs, this.#ask(g.test, g.is ? FALSY : TRUTHY, { env, depth }));
    return needs ?? NO_REQUIREMENTS;
  }
}
