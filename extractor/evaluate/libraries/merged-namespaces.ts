import type { Call, Expr, ObjectExpr } from "../../ir/expression.ts";
import { isInside } from "../../ir/inside.ts";
import { homeOf } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import type { Argument, FunctionValue, Values } from "../domain/value.ts";

/**
 * `import * as m` of a CommonJS file, as rollup writes it: the members that the namespace itself lacks come from the modules.
 *
 * function merge(n, modules) { modules.forEach(m => …defineProperty(n, k, getOwnPropertyDescriptor(m, k))); return Object.freeze(n) }
 */
export function mergedNamespaces({ f }: FunctionValue, [own, modules]: readonly Argument[]): Values | null {
  if (f.params !== 2 || own === undefined || modules === undefined || !isMerge(f)) return null;
  if (!("e" in own && "e" in modules) || own.env !== modules.env) return null;
  return [{ t: "object", node: merged(own.e, modules.e), env: own.env, without: [], overlays: [] }];
}

const nodes = new WeakMap<Expr, ObjectExpr>();

/** One object for each list of modules, so that looks into it are remembered. */
function merged(own: Expr, modules: Expr): ObjectExpr {
  let node = nodes.get(modules);
  if (node === undefined) {
    const each: Expr = { k: "element", e: modules, keys: false };
    node = {
      k: "object",
      members: [
        { k: "spread", e: each },
        { k: "spread", e: own },
      ],
      at: 0,
    };
    nodes.set(modules, node);
  }
  return node;
}

const merges = new WeakMap<Func, boolean>();

function isMerge(f: Func): boolean {
  let is = merges.get(f);
  if (is === undefined) {
    const [last] = f.returns;
    const frozen = f.returns.length === 1 && last!.e.k === "call" && isCalled(last!.e, "freeze");
    const inside = !frozen ? [] : f.unit.functions.filter((g) => isInside(g, f)).flatMap((g) => g.calls);
    is =
      inside.some((call) => isCalled(call, "getOwnPropertyDescriptor")) &&
      inside.some((call) => isCalled(call, "defineProperty") && isFirstParameter(call.a[0], f));
    merges.set(f, is);
  }
  return is;
}

const isCalled = ({ f }: Call, name: string): boolean => f.k === "member" && f.p === name;

const isFirstParameter = (e: Expr | undefined, f: Func): boolean =>
  e?.k === "ref" && homeOf(e.v) === f.paramVariables[0];
