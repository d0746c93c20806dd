import type { Expr } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func, Variable } from "../../ir/unit.ts";

const known = new CacheKey<Func, boolean>();

/**
 * Does a function copy the members of its other arguments to the first, and give that back? Compilers write
 * `{...a, ...b}` so for old runtimes, each with a helper of its own:
 *
 * (a, b) => { for (var k in b) define(a, k, b[k]); return a; }
 * (a, b) => defineProperties(a, getOwnPropertyDescriptors(b))
 */
export const isMergingHelper = ({ cache }: Program, f: Func): boolean => cache.once(known, f, () => merges(f));

function merges({ returns, paramVariables: [target, source] }: Func): boolean {
  if (!target || returns.length === 0) return false;
  if (returns.every(({ expression: e }) => isRef(e, target)))
    return copiesMembers(target) || (source != null && target.passedTo.some((u) => definesAll(u.call, target, source)));
  return source != null && returns.every(({ expression: e }) => definesAll(e, target, source));
}

/** `target[k] = source[k]`, or a call of a function that does so with the same three. */
const copiesMembers = (target: Variable): boolean =>
  target.writes.some((w) => w.path.length === 0 && w.key !== null && isMember(w.expression, w.key)) ||
  target.passedTo.some(({ call, index }) => {
    const [, key, value] = call.arguments;
    return index === 0 && !call.construct && key !== undefined && value !== undefined && isMember(value, key);
  });

/** `source[k]` under the same name. */
const isMember = (e: Expr, key: Expr): boolean =>
  e.kind === "index" && e.index.kind === "ref" && isRef(key, canonical(e.index.variable));

/** `Object.defineProperties(target, Object.getOwnPropertyDescriptors(source))`, whatever the two are called. */
function definesAll(e: Expr, target: Variable, source: Variable): boolean {
  if (e.kind !== "call" || e.construct || e.arguments.length !== 2) return false;
  const [to, descriptors] = e.arguments;
  if (!isRef(to!, target) || lastName(e.callee) !== "defineProperties" || descriptors?.kind !== "call") return false;
  const [of] = descriptors.arguments;
  return lastName(descriptors.callee) === "getOwnPropertyDescriptors" && of !== undefined && isRef(of, source);
}

/** Of `Object.x`, or of a variable that holds it. */
function lastName(e: Expr): string | null {
  if (e.kind === "member") return e.property;
  if (e.kind !== "ref") return null;
  const [only, ...more] = canonical(e.variable).definitions;
  return more.length === 0 && only?.expression.kind === "member" ? only.expression.property : null;
}

const isRef = (e: Expr, v: Variable): boolean => e.kind === "ref" && canonical(e.variable) === v;
