import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Func } from "../../ir/unit.ts";
import type { CallSite } from "./call-site.ts";

/**
 * Contexts by the chain of callers they assume. Calls of one function follow one another and have the same callers:
 * what was computed under these for one call holds for the next. Those of the last function asked about are kept.
 */
export class CallingContexts {
  #of: Func | null = null;
  readonly #known = new Map<CallingContext | null, Map<CallSite, CallingContext>>();

  /** @param outer the context that `f` was found open under; null for the function of the call itself */
  extend(outer: CallingContext | null, f: Func, site: CallSite): CallingContext {
    if (outer === null && this.#of !== f) {
      this.#of = f;
      this.#known.clear();
    }
    let known = this.#known.get(outer);
    if (known === undefined) {
      known = new Map();
      this.#known.set(outer, known);
    }
    let context = known.get(site);
    if (context === undefined) {
      const frames = new Map(outer?.frames ?? []).set(f, site.frame);
      for (const { by, frame } of site.made ?? []) frames.set(by, frame);
      context = { frames, receivers: site.frame.receiver !== undefined || (outer?.receivers ?? false) };
      known.set(site, context);
    }
    return context;
  }
}
