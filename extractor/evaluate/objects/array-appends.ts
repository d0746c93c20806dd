import type { Call, Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Variable } from "../../ir/unit.ts";
import { truth } from "../domain/choice.ts";
import type { ArrayValue, Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";

const ADDS = new Set(["push", "unshift", "splice", "add"]);

/**
 * Every list that `const parts = [a]; if (b) parts.push(b)` may make; null where the order isn't known, or there are
 * too many.
 */
export function appendedLists(ev: Evaluator, v: ArrayValue): Values[][] | null {
  if (v.open || v.items !== null || v.node === null) return null;
  const { items } = v.node;
  if (items.some((e) => e.kind === "spread")) return null;
  let lists = [items.map((e) => ev.evaluate(e, v.env))];
  for (const { variable, env, at } of v.writers) {
    if (variable.mutations.length > BOUNDS.orderedAdditions) return null;
    for (const { method, path, call } of variable.mutations) {
      if (!ADDS.has(method) || path.length !== at.length || !at.every((k, i) => path[i] === k)) continue;
      if (method !== "push" || call.arguments.some((a) => a.kind === "spread")) return null;
      const chance = chanceOf(ev, variable, call, env);
      if (chance === "never") continue;
      const more = call.arguments.map((a) => {
        const values = ev.evaluate(a, env);
        return asked(call.guard, a) ? values.filter((v) => truth([v]) !== false) : values;
      });
      lists = [...lists.map((list) => [...list, ...more]), ...(chance === "surely" ? [] : lists)];
      if (lists.length > BOUNDS.lists) return null;
    }
  }
  return lists;
}

/** Conditions around the making of the list hold for what is appended as well. */
function chanceOf(
  ev: Evaluator,
  { definitions }: Variable,
  { guard, arguments: appended }: Call,
  env: Env | null,
): "never" | "maybe" | "surely" {
  const made = definitions.length === 1 ? definitions[0]!.guard : null;
  let chance: "maybe" | "surely" = "surely";
  for (let g = guard; g !== null && g !== made; g = g.outer) {
    const is = conditionOutcome(ev, g.test, env);
    if (is !== null && is !== g.is) return "never";
    // where nothing is given, nothing is appended: which an unknown part says as well
    if (is === null && !(g.is && appended.some((item) => asksFor(g.test, item)))) chance = "maybe";
  }
  return chance;
}

function asked(guard: Guard | null, item: Expr): boolean {
  for (let g = guard; g !== null; g = g.outer) if (g.is && asksFor(g.test, item)) return true;
  return false;
}

/** `x`, `x !== ""`, `x && x.length`: true where there is an `x`. */
function asksFor(test: Expr, item: Expr): boolean {
  if (test.kind === "choice") return test.operator === "&&" && asksFor(test.left, item) && asksFor(test.right, item);
  if (test.kind === "compare") {
    const [one, other] = test.left.kind === "literal" ? [test.right, test.left] : [test.left, test.right];
    return other.kind === "literal" && !other.value && asksFor(one, item);
  }
  if (test.kind === "member" && test.property === "length") return asksFor(test.object, item);
  return sameList(test, item);
}

function sameList(a: Expr, b: Expr): boolean {
  if (a.kind === "ref") return b.kind === "ref" && canonical(a.variable) === canonical(b.variable);
  if (a.kind === "param") return b.kind === "param" && a.func === b.func && a.index === b.index;
  if (a.kind === "member") return b.kind === "member" && a.property === b.property && sameList(a.object, b.object);
  return false;
}
