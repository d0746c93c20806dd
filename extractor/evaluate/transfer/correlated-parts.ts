import type { Concat, Expr, Ref } from "../../ir/expression.ts";
import { operandsOf } from "../../ir/operands.ts";
import { canonical } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Variable } from "../../ir/unit.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { callDepth, type Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/**
 * One environment for each value of the parameter that several parts of a text hang on; null where there is none.
 *
 * `(url) => { const scheme = url.includes("localhost") ? "ws" : "wss"; return scheme + url.slice(5) }`: no scheme goes
 * with the address of the other.
 */
export function eachWay(ev: Evaluator, e: Concat, env: Env | null): Env[] | null {
  if (env === null && ev.context === null) return null;
  // what a caller gives is one value, and a choice that hangs on it has been made without the caller
  const least = env === null ? 1 : 2;
  if (e.parts.filter((part) => ev.evaluate(part, env).length > 1).length < least) return null;
  for (const ref of ev.program.cache.once(shared, e, () => parametersOfSeveral(e))) {
    const v = canonical(ref.variable);
    const { owner } = v;
    const frame = env === null ? ev.context!.frames.get(owner!) : env.func === owner ? env : undefined;
    const index = owner!.paramVariables.indexOf(v);
    const { args = null, self = null } = frame ?? {};
    if (args === null || index >= args.length || args.some((a) => "rest" in a)) continue;
    // what is missing is no part of a text
    const values = ev.evaluate(ref, env).filter((v) => v.kind !== "scalar" || v.value !== undefined);
    if (values.length < least || values.length > BOUNDS.waysOfAText) continue;
    return values.map((v) =>
      ev.frames.enter(owner!, env?.outer ?? null, { args: args.with(index, { values: [v] }), self }, callDepth(env)),
    );
  }
  return null;
}

const shared = new CacheKey<Concat, readonly Ref[]>();

/** Parameters that two or more parts are made of, or that decide what they are. */
function parametersOfSeveral({ parts }: Concat): Ref[] {
  const known = new Set<Variable>();
  const several = new Map<Variable, Ref>();
  for (const part of parts) {
    for (const [v, ref] of parametersOf(part)) {
      if (known.has(v)) several.set(v, ref);
      known.add(v);
    }
  }
  return [...several.values()];
}

/** Texts and conditions; what lists and objects hold says too little of what is read from them. */
const MADE_OF_OPERANDS: ReadonlySet<Expr["kind"]> = new Set([
  "member",
  "call",
  "concat",
  "not",
  "await",
  "choice",
  "compare",
  "conditional",
  "default",
]);

function parametersOf(part: Expr): Map<Variable, Ref> {
  const found = new Map<Variable, Ref>();
  const seen = new Set<object>();
  const queue: Expr[] = [part];
  for (let e = queue.pop(); e !== undefined && seen.size < BOUNDS.partsOfAWay; e = queue.pop()) {
    if (seen.has(e)) continue;
    seen.add(e);
    if (e.kind !== "ref") {
      if (MADE_OF_OPERANDS.has(e.kind)) queue.push(...operandsOf(e));
      continue;
    }
    const v = canonical(e.variable);
    if (seen.has(v)) continue;
    seen.add(v);
    if (v.owner?.paramVariables.includes(v)) found.set(v, e);
    for (const { expression, guard } of v.definitions) {
      queue.push(expression);
      for (let g = guard; g !== null; g = g.outer) queue.push(g.test);
    }
  }
  return found;
}
