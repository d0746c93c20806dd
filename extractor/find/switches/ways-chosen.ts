import type { Call, Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Variable } from "../../ir/unit.ts";

/**
 * The conditions around a call but for those that choose how it is done: where the opposite makes the same call with
 * some of the same arguments, the condition stops nothing.
 *
 * ```js
 * if (process.env.BROWSER) run(process.env.BROWSER, [url]); else run("xdg-open", [url]);
 * ```
 */
export function decidingGuards(call: Call): Guard | null {
  const { guard, within } = call;
  if (guard === null || within === null) return guard;
  const others = within.calls.filter((other) => other !== call && sameCallee(other.callee, call.callee));
  if (others.length === 0) return guard;
  const mentioned = variablesIn(call.arguments);
  const rivals = others.filter((other) => [...variablesIn(other.arguments)].some((v) => mentioned.has(v)));
  return rivals.length === 0 ? guard : without(guard, rivals);
}

function without(guard: Guard | null, rivals: readonly Call[]): Guard | null {
  if (guard === null) return null;
  const outer = without(guard.outer, rivals);
  if (rivals.some((rival) => isUnder(rival.guard, guard.test, !guard.is))) return outer;
  return outer === guard.outer ? guard : { ...guard, outer };
}

function isUnder(guard: Guard | null, test: Expr, is: boolean): boolean {
  for (let g = guard; g !== null; g = g.outer) if (g.test === test && g.is === is) return true;
  return false;
}

function sameCallee(a: Expr, b: Expr): boolean {
  if (a.kind === "ref" && b.kind === "ref") return canonical(a.variable) === canonical(b.variable);
  return a.kind === "member" && b.kind === "member" && a.property === b.property && sameCallee(a.object, b.object);
}

/** Variables that arguments are made of, as written: in lists, texts and objects as well. */
function variablesIn(expressions: readonly Expr[]): Set<Variable> {
  const found = new Set<Variable>();
  const look = (e: Expr, depth: number): void => {
    if (e.kind === "ref") found.add(canonical(e.variable));
    if (depth === 0) return;
    if (e.kind === "array") for (const item of e.items) look(item, depth - 1);
    if (e.kind === "concat") for (const part of e.parts) look(part, depth - 1);
    if (e.kind === "object") for (const m of e.members) if (m.kind === "value") look(m.value, depth - 1);
  };
  for (const e of expressions) look(e, 3);
  return found;
}
