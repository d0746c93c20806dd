import { join, type Values } from "../../evaluate/domain/value.ts";
import { type AssumedTest, Assumption, type CallingContext } from "../../evaluate/engine/calling-context.ts";
import { conditionOutcome } from "../../evaluate/engine/condition-outcome.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Definition, Variable } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/** One thing that has several values, all of which depend on it: the ways it can turn out. */
type SplitPoint =
  | { kind: "value"; key: object; expression: Expr }
  | { kind: "definitions"; variable: Variable }
  | { kind: "test"; test: Expr };

/**
 * The ways in which the code that gives a call its arguments can run, one list of contexts for each thing they hang
 * on. A method and a path that are taken from one object, or set in one arm of a `switch`, belong together: under
 * such a context each is what it is there.
 *
 * `for (const { method, path } of LIST) fetch(path, { method })`
 */
export function* caseSplits(
  ev: Evaluator,
  args: readonly Expr[],
  base: CallingContext | null,
): Iterable<CallingContext[]> {
  const { choices, variables } = choicesIn(args, base);
  for (const choice of choices) {
    const ways = contextsOf(ev, choice, variables, base);
    if (ways.length > 1 && ways.length <= FIND_BOUNDS.caseSplits) yield ways;
  }
}

export function choicesIn(args: readonly Expr[], base: CallingContext | null) {
  const choices: SplitPoint[] = [];
  const variables: Variable[] = [];
  const seen = new Set<object>();
  const queue: Expr[] = [...args];
  for (let e = queue.shift(); e !== undefined && seen.size < FIND_BOUNDS.casePlaces; e = queue.shift()) {
    if (seen.has(e)) continue;
    seen.add(e);
    switch (e.kind) {
      case "ref": {
        const v = canonical(e.variable);
        if (seen.has(v)) break;
        seen.add(v);
        variables.push(v);
        if (v.definitions.some((d) => d.guard !== v.definitions[0]!.guard))
          choices.push({ kind: "definitions", variable: v });
        else choices.push({ kind: "value", key: v, expression: e });
        queue.push(...v.definitions.map((d) => d.expression));
        break;
      }
      case "param": {
        const given = base?.frames.get(e.func)?.args?.[e.index];
        if (given && "expression" in given) queue.push(given.expression);
        break;
      }
      case "call":
        choices.push({ kind: "value", key: e, expression: e });
        queue.push(...e.arguments);
        if (e.callee.kind === "member") queue.push(e.callee.object);
        break;
      case "element":
        choices.push({ kind: "value", key: e, expression: e });
        queue.push(e.argument);
        break;
      case "conditional":
        choices.push({ kind: "test", test: e.test });
        queue.push(e.consequent, e.alternate);
        break;
      default:
        queue.push(...choiceOperands(e));
    }
  }
  return { choices, variables };
}

function choiceOperands(e: Expr): Expr[] {
  switch (e.kind) {
    case "member":
      return [e.object];
    case "index":
      return [e.object, e.index];
    case "concat":
      return e.parts;
    case "await":
    case "spread":
    case "rest":
      return [e.argument];
    case "default":
      return [e.expression, e.fallback];
    case "choice":
      return [e.left, e.right];
    case "object":
      return e.members.flatMap((m) => (m.kind === "getter" ? [] : [m.value]));
    default:
      return [];
  }
}

function contextsOf(
  ev: Evaluator,
  choice: SplitPoint,
  variables: readonly Variable[],
  base: CallingContext | null,
): CallingContext[] {
  switch (choice.kind) {
    case "value": {
      const values = ev.evaluate(choice.expression, null);
      return values.length > 1 && values.length <= FIND_BOUNDS.caseSplits
        ? values.map((v) => withLastAssigned(ev, { values: new Map([[choice.key, [v]]]), tests: [] }, variables, base))
        : [];
    }
    case "test":
      return [true, false].map((is) =>
        withLastAssigned(ev, { values: new Map(), tests: [{ test: choice.test, is }] }, variables, base),
      );
    case "definitions": {
      const { definitions } = choice.variable;
      if (definitions.length > FIND_BOUNDS.caseSplits) return [];
      return definitions.map((d) =>
        withLastAssigned(ev, { values: new Map(), tests: conditionsOf(d, definitions) }, variables, base),
      );
    }
  }
}

/** What has to hold where a definition is the last one: its own conditions, and none of those inside them. */
function conditionsOf({ guard }: Definition, all: readonly Definition[]): AssumedTest[] {
  const own = chain(guard);
  const inner = all.flatMap((d): AssumedTest[] => {
    const others = chain(d.guard);
    const next = others[own.length];
    return next !== undefined && own.every((t, i) => t === others[i]) ? [{ test: next.test, is: !next.is }] : [];
  });
  return [...own, ...inner];
}

/** Outermost first. */
function chain(guard: Guard | null): Guard[] {
  const all: Guard[] = [];
  for (let g = guard; g !== null; g = g.outer) all.unshift(g);
  return all;
}

interface Way {
  values: ReadonlyMap<object, Values>;
  tests: readonly AssumedTest[];
}

/** Variables that are surely assigned that way have what they were assigned last. */
function withLastAssigned(
  ev: Evaluator,
  { values, tests }: Way,
  variables: readonly Variable[],
  base: CallingContext | null,
): CallingContext {
  const plain = assuming(base, values, tests);
  const { assumption } = plain.assumed!;
  const holds = (d: Definition) =>
    chain(d.guard).every(
      ({ test, is }) =>
        (assumption.outcomeOf(test) ?? (assumption.concerns(test) ? conditionOutcome(ev, test, null) : null)) === is,
    );
  const pinned = new Map<object, Values>();
  for (const v of variables) {
    if (v.definitions.length < 2 || values.has(v)) continue;
    const last = ev.ask(plain, () => v.definitions.findLastIndex(holds));
    if (last <= 0) continue;
    const left = () => v.definitions.slice(last).filter((d) => ev.isReachable(d.guard, null));
    pinned.set(v, join(...ev.ask(plain, () => left().map((d) => ev.evaluate(d.expression, null)))));
  }
  return pinned.size === 0 ? plain : assuming(base, new Map([...values, ...pinned]), tests);
}

export function assuming(
  base: CallingContext | null,
  values: ReadonlyMap<object, Values>,
  tests: readonly AssumedTest[],
): CallingContext {
  return {
    frames: base?.frames ?? new Map(),
    receivers: base?.receivers ?? false,
    assumed: { assumption: new Assumption(values, tests), base },
  };
}
