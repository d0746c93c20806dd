import type { Expr } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";

const cache = new WeakMap<Expr, boolean>();

/**
 * Whether it is worth asking if a condition is constant: comparisons with literals, flags and predicates without arguments.
 * Most conditions test run-time data, and asking about each would cost more than all the rest.
 */
export function mayFold(e: Expr): boolean {
  let answer = cache.get(e);
  if (answer === undefined) {
    cache.set(e, false);
    answer = judge(e);
    cache.set(e, answer);
  }
  return answer;
}

function judge(e: Expr): boolean {
  switch (e.k) {
    case "literal":
      return true;
    case "not":
    case "await":
      return mayFold(e.e);
    case "choice":
      return mayFold(e.l) || mayFold(e.r);
    case "compare":
      if (e.op !== "===" && e.op !== "!==") return false;
      return (e.l.k === "literal" && mayFold(e.r)) || (e.r.k === "literal" && mayFold(e.l));
    case "ref": {
      const v = homeOf(e.v);
      return v.definitions.length > 0 && v.definitions.length <= 2 && v.definitions.every((d) => mayFold(d.e));
    }
    case "param":
      return true;
    case "member":
      return isParameter(e.o) || isSetting(e.o, e.p);
    case "default":
      return mayFold(e.e);
    case "call":
      return e.a.length === 0 && (e.f.k === "ref" || (e.f.k === "member" && isModule(e.f.o)));
    default:
      return false;
  }
}

/** `{beta: true}.beta`, where nobody else gets hold of the object. */
function isSetting(o: Expr, key: string): boolean {
  if (o.k !== "ref") return false;
  const v = homeOf(o.v);
  const [only, ...more] = v.definitions;
  if (only?.e.k !== "object" || more.length > 0) return false;
  if (v.writes.length > 0 || v.mutations.length > 0 || v.passedTo.length > 0 || v.aliases.length > 0) return false;
  return only.e.members.some((m) => m.k === "value" && m.key === key && m.e.k === "literal");
}

/** `const m = require(5)`: what CommonJS files, bundled or not, keep their imports in. */
function isModule(o: Expr): boolean {
  if (o.k !== "ref") return false;
  const [only, ...more] = homeOf(o.v).definitions;
  if (only === undefined || more.length > 0) return false;
  const { e } = only;
  return e.k === "module" || (e.k === "call" && !e.construct && e.a.length === 1 && e.a[0]!.k === "literal");
}

const isParameter = (e: Expr): boolean =>
  e.k === "param" || (e.k === "ref" && e.v.definitions.length === 1 && e.v.definitions[0]!.e.k === "param");
