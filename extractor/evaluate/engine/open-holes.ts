import { isConstructor } from "../../ir/unit.ts";
import { hole, type OpenHole, scalar, type Values } from "../domain/value.ts";
import { BOUNDS } from "./bounds.ts";
import type { CallingContext } from "./calling-context.ts";

type ParameterOrigin = NonNullable<OpenHole["origin"]>;

/** Every visible hole that waits for a caller. */
export function eachOpenParameter(values: Values, visit: (origin: ParameterOrigin) => void): void {
  firstOpenParameter(values, (origin) => {
    visit(origin);
    return false;
  });
}

/** The first visible hole that waits for such a caller. */
export function firstOpenParameter(
  values: Values,
  is: (origin: ParameterOrigin) => boolean = () => true,
  depth = 0,
): ParameterOrigin | undefined {
  for (const v of values) {
    if (v.kind === "array" && v.items !== null && depth < BOUNDS.nestedLists) {
      for (const item of v.items) {
        const inside = firstOpenParameter(item, is, depth + 1);
        if (inside) return inside;
      }
    }
    const parts = v.kind === "text" ? v.parts : v.kind === "url" ? v.href : null;
    if (parts === null) continue;
    for (const p of parts) if (typeof p === "object" && p.origin && is(p.origin)) return p.origin;
  }
  return undefined;
}

/** Do the assumed callers tell more of any of it? */
export function isFillable(values: Values, { frames, receivers }: CallingContext): boolean {
  return firstOpenParameter(values, ({ func: f }) => frames.has(f) || (receivers && isConstructor(f))) !== undefined;
}

/** An outcome that nobody knows yet, of these values: a caller who fills them decides it. */
export function undecided(values: Values): Values {
  const of = firstOpenParameter(values);
  return of === undefined ? [scalar(true), scalar(false)] : [hole("unknown", "", of)];
}
