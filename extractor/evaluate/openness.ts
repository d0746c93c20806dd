import { hole, type OpenHole, scalar, type Values } from "./value.ts";

/** Computed lists inside computed lists. */
const LISTS = 3;

/** Does any visible hole wait for a caller? */
export function openOrigins(values: Values, visit: (origin: NonNullable<OpenHole["origin"]>) => void, depth = 0): void {
  for (const v of values) {
    if (v.t === "array" && v.items !== null && depth < LISTS)
      for (const item of v.items) openOrigins(item, visit, depth + 1);
    const parts = v.t === "text" ? v.parts : v.t === "url" ? v.href : null;
    if (parts === null) continue;
    for (const p of parts) if (typeof p === "object" && p.origin) visit(p.origin);
  }
}

/** An outcome that nobody knows yet, of these values: a caller who fills them decides it. */
export function undecided(values: Values): Values {
  let of: OpenHole["origin"];
  openOrigins(values, (origin) => {
    of ??= origin;
  });
  return of === undefined ? [scalar(true), scalar(false)] : [hole("unknown", "", of)];
}
