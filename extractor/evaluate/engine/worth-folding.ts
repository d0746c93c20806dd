import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { CacheKey, type ProgramCache } from "../../ir/program-cache.ts";

const known = new CacheKey<Expr, boolean>();

/**
 * Whether it is worth asking if a condition is constant: comparisons with literals, flags and predicates without
 * arguments. Most conditions test run-time data, and asking about each would cost more than all the rest.
 */
export function isWorthFolding(cache: ProgramCache, e: Expr): boolean {
  let answer = cache.of(known).get(e);
  if (answer === undefined) {
    cache.of(known).set(e, false);
    answer = judge(cache, e);
    cache.of(known).set(e, answer);
  }
  return answer;
}

function judge(cache: ProgramCache, e: Expr): boolean {
  switch (e.kind) {
    case "literal":
      return true;
    case "not":
    case "await":
      return isWorthFolding(cache, e.argument);
    case "choice":
      return isWorthFolding(cache, e.left) || isWorthFolding(cache, e.right);
    case "compare":
      if (e.operator !== "===" && e.operator !== "!==") return false;
      return (
        (e.left.kind === "literal" && isWorthFolding(cache, e.right)) ||
        (e.right.kind === "literal" && isWorthFolding(cache, e.left))
      );
    case "ref": {
      const v = canonical(e.variable);
      return (
        v.definitions.length > 0 &&
        v.definitions.length <= 2 &&
        v.definitions.every((d) => isWorthFolding(cache, d.expression))
      );
    }
    case "param":
      return true;
    case "member":
      return isParameter(e.object) || isSetting(e.object, e.property);
    case "default":
      return isWorthFolding(cache, e.expression);
    case "call":
      return (
        e.arguments.length === 0 &&
        (e.callee.kind === "ref" || (e.callee.kind === "member" && isModule(e.callee.object)))
      );
    default:
      return false;
  }
}

/** `{beta: true}.beta`, where nobody else gets hold of the object. */
function isSetting(o: Expr, key: string): boolean {
  if (o.kind !== "ref") return false;
  const v = canonical(o.variable);
  const [only, ...more] = v.definitions;
  if (only?.expression.kind !== "object" || more.length > 0) return false;
  if (v.writes.length > 0 || v.mutations.length > 0 || v.passedTo.length > 0 || v.aliases.length > 0) return false;
  return only.expression.members.some((m) => m.kind === "value" && m.key === key && m.value.kind === "literal");
}

/** `const m = require(5)`: what CommonJS files, bundled or not, keep their imports in. */
function isModule(o: Expr): boolean {
  if (o.kind !== "ref") return false;
  const [only, ...more] = canonical(o.variable).definitions;
  if (only === undefined || more.length > 0) return false;
  const { expression: e } = only;
  return (
    e.kind === "module" ||
    (e.kind === "call" && !e.construct && e.arguments.length === 1 && e.arguments[0]!.kind === "literal")
  );
}

const isParameter = (e: Expr): boolean =>
  e.kind === "param" ||
  (e.kind === "ref" && e.variable.definitions.length === 1 && e.variable.definitions[0]!.expression.kind === "param");
