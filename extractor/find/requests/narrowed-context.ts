import type { Values } from "../../evaluate/domain/value.ts";
import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import { conditionOutcome } from "../../evaluate/engine/condition-outcome.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Call, Expr, Guard } from "../../ir/expression.ts";
import type { RequestFinding } from "../../model/finding.ts";
import { printTemplate } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { assuming, choicesIn } from "./correlated-arguments.ts";

/**
 * Under the conditions around a call, an object that can be of several kinds is one of those for which they hold.
 *
 * `if (auth.type === "user") fetch(auth.host + "/me")`: the host is that of a user, and not that of `{type: "key",
 * host}`
 *
 * @param path callers that are assumed, from the call outwards
 * @returns null where the conditions tell nothing
 */
export function narrowedContext(
  ev: Evaluator,
  call: Call,
  path: readonly Call[],
  base: CallingContext | null,
): CallingContext | null {
  const guards = [call, ...path.slice(0, FIND_BOUNDS.narrowingCallers)]
    .flatMap((c) => chainOf(c.guard))
    .filter(({ test }) => isTelling(test))
    .slice(0, FIND_BOUNDS.narrowingConditions);
  if (guards.length === 0) return null;
  const kept = new Map<object, Values>();
  const tests = guards.map(({ test }) => test);
  for (const choice of choicesIn([...tests, ...subjects(tests)], base).choices) {
    if (choice.kind !== "value") continue;
    const values = ev.evaluate(choice.expression, null);
    const isUnion =
      values.length > 1 && values.length <= FIND_BOUNDS.narrowedKinds && values.every((v) => v.kind === "object");
    if (!isUnion) continue;
    const fitting = values.filter((v) => {
      const context = assuming(base, new Map([[choice.key, [v]]]), []);
      return ev.ask(context, () => guards.every((g) => mayHold(ev, g)));
    });
    if (fitting.length > 0 && fitting.length < values.length) kept.set(choice.key, fitting);
  }
  return kept.size === 0 ? null : assuming(base, kept, []);
}

const mayHold = (ev: Evaluator, { test, is }: Guard): boolean => {
  const outcome = conditionOutcome(ev, test, null);
  return outcome === null || outcome === is;
};

export const hasAlternatives = (found: readonly Pick<RequestFinding, "urls">[]): boolean =>
  found.length > 1 || found.some(({ urls }) => urls.length > 1);

/** Fewer of the same addresses: what is computed anew may have met a bound. */
export function isPartOf(
  some: readonly Pick<RequestFinding, "urls">[],
  all: readonly Pick<RequestFinding, "urls">[],
): boolean {
  const known = new Set(all.flatMap(({ urls }) => urls.map(printTemplate)));
  return some.every(({ urls }) => urls.every((url) => known.has(printTemplate(url))));
}

/** A comparison, or a predicate. Whether a member is there at all is no kind: it may be written later. */
function isTelling(test: Expr): boolean {
  switch (test.kind) {
    case "not":
      return isTelling(test.argument);
    case "choice":
      return isTelling(test.left) && isTelling(test.right);
    case "compare":
      return (test.operator === "===" || test.operator === "!==") && isTag(test.left) !== isTag(test.right);
    case "call":
      return test.arguments.length > 0;
    default:
      return false;
  }
}

const isTag = (e: Expr): boolean => e.kind === "literal" && e.value != null;

/** Innermost first. */
function chainOf(guard: Guard | null): Guard[] {
  const all: Guard[] = [];
  for (let g = guard; g !== null && all.length < FIND_BOUNDS.narrowingConditions; g = g.outer) all.push(g);
  return all;
}

/** What conditions are made of: both sides of a comparison, what is negated. */
function subjects(tests: readonly Expr[]): Expr[] {
  return tests.flatMap((test): Expr[] => {
    if (test.kind === "not") return [test.argument, ...subjects([test.argument])];
    if (test.kind === "compare") return [test.left, test.right];
    return test.kind === "choice" ? subjects([test.left, test.right]) : [];
  });
}
