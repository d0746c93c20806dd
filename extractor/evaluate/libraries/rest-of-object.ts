import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { type Argument, literalText, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { elementsOf } from "../objects/array.ts";
import { argument } from "../transfer/compute.ts";

const known = new CacheKey<Func, boolean>();

/**
 * `const { a, ...rest } = o`, as compilers write it for old runtimes; null for calls of other functions.
 *
 * `(o, excluded) => { var t = {}; for (var k in o) if (excluded.indexOf(k) < 0) t[k] = o[k]; return t; }`
 */
export function restOfObject(ev: Evaluator, f: Func, args: readonly Argument[]): Values | null {
  if (args.length !== 2 || !isRestHelper(ev.program, f)) return null;
  const excluded = elementsOf(ev, argument(ev, args, 1), false).map(literalText);
  const names = excluded.filter((name) => name !== null);
  return argument(ev, args, 0).map((v) => (v.kind === "object" ? { ...v, without: [...v.without, ...names] } : v));
}

const isRestHelper = ({ cache }: Program, f: Func): boolean =>
  cache.once(known, f, () => {
    const [source, excluded] = f.paramVariables;
    return source != null && excluded != null && returnsCopy(f, source);
  });

/** Of each return: an object that begins empty, or as none, and is given members of the source. */
const returnsCopy = ({ returns }: Func, source: Variable): boolean =>
  returns.some(({ expression: e }) => {
    if (e.kind !== "ref") return false;
    const copy = canonical(e.variable);
    return copy !== source && copy.writes.some((w) => w.path.length === 0 && isMemberOf(w.expression, source));
  });

const isMemberOf = (e: Func["returns"][number]["expression"], source: Variable): boolean =>
  e.kind === "index" && e.object.kind === "ref" && canonical(e.object.variable) === source;
