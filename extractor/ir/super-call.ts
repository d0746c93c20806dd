import type { Call } from "./expression.ts";
import type { ClassDef, Func } from "./unit.ts";

/** How a constructor calls its parent's. */
export interface SuperCall {
  /** Null where it doesn't. */
  call: Call | null;
  /** The parent's constructor gets all that this one got: there is none, or it says `super(...arguments)`. */
  handsOn: boolean;
}

/** `super(…)` in a function's own body. */
export const isSuperCall = ({ f }: Call): boolean => f.k === "unknown" && f.name === "super";

const known = new WeakMap<ClassDef, SuperCall>();

/** The first one; others stand in other arms of a condition. */
export function superCallOf(c: ClassDef): SuperCall {
  let found = known.get(c);
  if (found === undefined) {
    const { constructor_: f } = c;
    const [call = null, ...others] = f?.calls.filter(isSuperCall) ?? [];
    found = { call, handsOn: f === null || (call !== null && others.length === 0 && isHandedOn(f, call)) };
    known.set(c, found);
  }
  return found;
}

function isHandedOn(f: Func, { a: [all, ...others] }: Call): boolean {
  if (all?.k !== "spread" || others.length > 0) return false;
  const given = all.e.k === "ref" && all.e.v.definitions.length === 1 ? all.e.v.definitions[0]!.e : all.e;
  return given.k === "param" && given.f === f && given.rest && given.i === 0;
}
