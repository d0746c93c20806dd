import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import type { CallSite } from "./call-site.ts";

/**
 * Where functions that calls yield are called, each found out once. One that is handed round in a circle meets itself:
 * it adds nothing the second time.
 *
 * `const f = wrap(g); const g = wrap(f);`
 */
export class SitesOfResults {
  readonly #known = new Map<Call, Map<Func | null, readonly CallSite[]>>();

  /** @param f what the call yields; null for whatever it is */
  of(call: Call, f: Func | null, find: () => readonly CallSite[]): readonly CallSite[] {
    let byFunction = this.#known.get(call);
    if (byFunction === undefined) {
      byFunction = new Map();
      this.#known.set(call, byFunction);
    }
    let sites = byFunction.get(f);
    if (sites === undefined) {
      byFunction.set(f, []);
      sites = find();
      byFunction.set(f, sites);
    }
    return sites;
  }
}
