import type { Func } from "../../ir/unit.ts";
import type { CallSite } from "./call-site.ts";

/**
 * Where functions are called that calls yield, or that parameters hold, each found out once. One that is handed round
 * in a circle meets itself: it adds nothing the second time.
 *
 * `const f = wrap(g); const g = wrap(f);`
 */
export class SitesOfHeld<Holder extends object> {
  readonly #known = new Map<Holder, Map<Func | null, readonly CallSite[]>>();

  /** @param f what is held; null for whatever it is */
  of(holder: Holder, f: Func | null, find: () => readonly CallSite[]): readonly CallSite[] {
    let byFunction = this.#known.get(holder);
    if (byFunction === undefined) {
      byFunction = new Map();
      this.#known.set(holder, byFunction);
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
