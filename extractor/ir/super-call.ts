import type { Call, Expr } from "./expression.ts";
import { canonical, type Program } from "./program.ts";
import { CacheKey } from "./program-cache.ts";
import { type ClassDef, classOf, type Func } from "./unit.ts";

/** How a constructor calls its parent's. */
export interface SuperCall {
  /** Null where it doesn't. */
  call: Call | null;
  /** The parent's constructor gets all that this one got: there is none, or it says `super(...arguments)`. */
  handsOn: boolean;
}

/** `super(…)` in a function's own body. */
export const isSuperCall = ({ callee: f }: Call): boolean => f.kind === "unknown" && f.name === "super";

/** `super(…)` constructs the class that is extended; null for other calls. */
export const parentOf = (call: Call): Expr | null =>
  isSuperCall(call) ? (classOf(call.within)?.parent ?? null) : null;

/** `Base.call(this, base)` in a function that is used as a class. */
function isOldStyleSuper({ callee: f, arguments: [self] }: Call, { parent }: ClassDef): boolean {
  if (f.kind !== "member" || (f.property !== "call" && f.property !== "apply") || self?.kind !== "this") return false;
  return (
    parent?.kind === "ref" && f.object.kind === "ref" && canonical(f.object.variable) === canonical(parent.variable)
  );
}

const known = new CacheKey<ClassDef, SuperCall>();

/** The first one; others stand in other arms of a condition. */
export const superCallOf = ({ cache }: Program, c: ClassDef): SuperCall =>
  cache.once(known, c, () => {
    const { constructorFunction: f } = c;
    const [call = null, ...others] = f?.calls.filter((one) => isSuperCall(one) || isOldStyleSuper(one, c)) ?? [];
    return { call, handsOn: f === null || (call !== null && others.length === 0 && passesAllArguments(f, call)) };
  });

function passesAllArguments(f: Func, { arguments: [all, ...others] }: Call): boolean {
  if (all?.kind !== "spread" || others.length > 0) return false;
  const given =
    all.argument.kind === "ref" && all.argument.variable.definitions.length === 1
      ? all.argument.variable.definitions[0]!.expression
      : all.argument;
  return given.kind === "param" && given.func === f && given.rest && given.index === 0;
}
