import type { Call, Expr, ObjectExpr } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { type Func, isInside } from "../../ir/unit.ts";
import type { Argument, FunctionValue, Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/**
 * `import * as m` of a CommonJS file, as rollup writes it: the members that the namespace itself lacks come from the
 * modules.
 *
 * function merge(n, modules) { modules.forEach(m => …defineProperty(n, k, getOwnPropertyDescriptor(m, k))); return
 * Object.freeze(n) }
 */
export function mergedNamespaces(
  { program }: Evaluator,
  { func: f }: FunctionValue,
  [own, modules]: readonly Argument[],
): Values | null {
  if (f.params !== 2 || own === undefined || modules === undefined || !isMerge(program, f)) return null;
  if (!("expression" in own && "expression" in modules) || own.env !== modules.env) return null;
  return [
    {
      kind: "object",
      node: merged(program, own.expression, modules.expression),
      env: own.env,
      without: [],
      writers: [],
    },
  ];
}

const nodes = new CacheKey<Expr, ObjectExpr>();

/** One object for each list of modules, so that looks into it are remembered. */
const merged = ({ cache }: Program, own: Expr, modules: Expr): ObjectExpr =>
  cache.once(nodes, modules, () => ({
    kind: "object",
    members: [
      { kind: "spread", value: { kind: "element", argument: modules, keys: false } },
      { kind: "spread", value: own },
    ],
    at: 0,
  }));

const merges = new CacheKey<Func, boolean>();

const isMerge = ({ cache }: Program, f: Func): boolean =>
  cache.once(merges, f, () => {
    const [last] = f.returns;
    const frozen = f.returns.length === 1 && last!.expression.kind === "call" && isCalled(last!.expression, "freeze");
    const inside = !frozen ? [] : f.unit.functions.filter((g) => isInside(g, f)).flatMap((g) => g.calls);
    return (
      inside.some((call) => isCalled(call, "getOwnPropertyDescriptor")) &&
      inside.some((call) => isCalled(call, "defineProperty") && isFirstParameter(call.arguments[0], f))
    );
  });

const isCalled = ({ callee: f }: Call, name: string): boolean => f.kind === "member" && f.property === name;

const isFirstParameter = (e: Expr | undefined, f: Func): boolean =>
  e?.kind === "ref" && canonical(e.variable) === f.paramVariables[0];
