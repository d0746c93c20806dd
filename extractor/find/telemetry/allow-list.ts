import { literalText, type Value } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { bodiesOf } from "../calls/calls-with-names.ts";
import type { ParameterPlace } from "../calls/parameter-place.ts";

const has = new Set(["has", "includes"]);

/** `if (!NAMES.has(event)) return`: the names that a function lets through; null where it lets all through. */
export function allowList(ev: Questions, { func: f, index: i, member }: ParameterPlace): ReadonlySet<string> | null {
  const parameter = f.paramVariables[i];
  if (!parameter || member !== null) return null;
  const isName = (e: Expr | undefined) => e?.kind === "ref" && canonical(e.variable) === parameter;
  for (const body of bodiesOf(ev.program, f)) {
    for (const call of body.calls) {
      for (let g = call.guard; g !== null; g = g.outer) {
        for (const test of conjuncts(g.test, g.is)) {
          if (test.callee.kind !== "member" || !has.has(test.callee.property) || !isName(test.arguments[0])) continue;
          const { object: o } = test.callee;
          const names = ev.ask(null, (ev) => ev.evaluate(o, null).flatMap((v) => listed(ev, v)));
          if (names.length > 0) return new Set(names);
        }
      }
    }
  }
  return null;
}

/** Calls that have to yield something true for a condition to have its outcome. */
function* conjuncts(e: Expr, is: boolean): Iterable<Call> {
  if (e.kind === "not") yield* conjuncts(e.argument, !is);
  else if (e.kind === "await") yield* conjuncts(e.argument, is);
  else if (e.kind === "choice" && (e.operator === "&&") === is) {
    yield* conjuncts(e.left, is);
    yield* conjuncts(e.right, is);
  } else if (e.kind === "call" && is) yield e;
}

function listed(ev: Evaluator, v: Value): string[] {
  if (v.kind === "native" && v.path === "Set")
    return v.args.flatMap((_a, i) => argument(ev, v.args, i).flatMap((x) => listed(ev, x)));
  if (v.kind !== "array") return [];
  const items = v.node?.items ?? [];
  // read off the source where it can be: a long list is widened when its items are joined
  const literals = items.flatMap((e) => (e.kind === "literal" && typeof e.value === "string" ? [e.value] : []));
  if (literals.length > 0 && literals.length === items.length) return literals;
  return elementsOf(ev, [v], false).flatMap((x) => literalText(x) ?? []);
}
