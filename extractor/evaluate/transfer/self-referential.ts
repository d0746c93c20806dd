import type { Expr, Guard } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Definition, Variable } from "../../ir/unit.ts";
import { chosen, mayBeMissing, truth } from "../domain/choice.ts";
import { type Argument, hole, join, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentOf } from "../engine/call-frames.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "../objects/member.ts";
import { valuesGiven } from "./call.ts";
import { combinations } from "./concat.ts";
import { decisionOf } from "./conditional.ts";

const mentionsOf = new CacheKey<Variable, ReadonlySet<Expr>>();

/** `url += "/users"`, `path = "/" + path`, `base = trimmed(base)`: made of what the variable held before. */
export const isSelfReferential = (ev: Evaluator, v: Variable): boolean =>
  v.definitions.length > 1 && v.definitions.some(({ expression: e }) => mentions(ev, v).has(e));

/** The definitions of a variable that its own value is in, and all of their parts that it is in. */
const mentions = ({ program }: Evaluator, v: Variable): ReadonlySet<Expr> =>
  program.cache.once(mentionsOf, v, () => {
    const found = new Set<Expr>();
    for (const { expression: e } of v.definitions) collectMentions(e, v, found);
    return found;
  });

function collectMentions(e: Expr, v: Variable, found: Set<Expr>): boolean {
  const inside = partsOf(e).map((part) => collectMentions(part, v, found));
  const isFound = isSelf(e, v) || inside.includes(true);
  if (isFound) found.add(e);
  return isFound;
}

/** What an expression is made of, as far as it is followed here. */
function partsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case "concat":
      return e.parts;
    case "call":
      return e.callee.kind === "member" ? [e.callee.object, ...e.arguments] : e.arguments;
    case "member":
      return [e.object];
    case "choice":
    case "compare":
      return [e.left, e.right];
    case "conditional":
      return [e.test, e.consequent, e.alternate];
    case "await":
    case "not":
      return [e.argument];
    default:
      return [];
  }
}

const isSelf = (e: Expr, v: Variable): boolean => e.kind === "ref" && canonical(e.variable) === v;

/**
 * What such a variable holds in the end: its definitions in source order, each made of what those before it left. One
 * that surely runs leaves nothing of what was there.
 */
export function valuesInOrder(ev: Evaluator, v: Variable, here: Env | null): Values {
  const within = mentions(ev, v);
  let values: Values = [];
  let made: Definition | null = null;
  for (const d of v.definitions) {
    if (d.guard !== null && !ev.isReachable(d.guard, here)) continue;
    const held: Held = { variable: v, within, values };
    if (!within.has(d.expression)) {
      values = join(values, ev.evaluate(d.expression, here));
      made ??= d;
    } else if (d.loop) {
      const next = takesAway(d.expression, held) ? [] : fed(ev, d.expression, held, here);
      values = either(ev, values, d.expression.kind === "concat" ? next.map(repeated) : next);
    } else if (made !== null && d.within === made.within && runsWith(ev, held, [made, d], here)) {
      values = followed(values, fed(ev, d.expression, held, here));
    } else values = where(ev, d, held, here);
  }
  return values;
}

/** Kinds of values that are understood whole or not at all. */
const WHOLE = new Set<Value["kind"]>(["text", "url", "scalar", "array"]);

/**
 * What is there once a variable was surely written again. Of an object that was made anew, and of what a function that
 * nobody knows gives, not all may be understood: what was there before tells the rest.
 */
function followed(before: Values, after: Values): Values {
  if (after.every(mayBeMissing)) return before.every(mayBeMissing) ? after : before;
  return before.every(({ kind }) => WHOLE.has(kind)) ? after : join(after, before);
}

/** A variable, what it is in, and what it holds so far. */
interface Held {
  variable: Variable;
  within: ReadonlySet<Expr>;
  values: Values;
}

/** Under a condition: of the values that it asks about, those for which it holds. */
function where(ev: Evaluator, { expression: e, guard }: Definition, held: Held, here: Env | null): Values {
  const { values } = held;
  const asked = guard === null ? null : askedOf(ev, guard.test, held, here);
  if (asked === null) return takesAway(e, held) ? values : either(ev, values, fed(ev, e, held, here));
  const { is } = guard!;
  const own = having(asked, values, is);
  // no value that it holds is meant
  if (own.length === 0 && values.length > 0) return values;
  return join(having(asked, values, !is), fed(ev, e, { ...held, values: own }, here));
}

/** `if (isFolder(path)) path = path.slice(0, -1)`: what it asks of the text tells which texts it is for. */
const takesAway = (e: Expr, { within }: Held): boolean =>
  e.kind === "call" &&
  e.callee.kind === "member" &&
  within.has(e.callee.object) &&
  e.arguments.slice(1).every((argument) => argument.kind === "literal");

/** What was there before counts for more than what a condition or a loop may add, where there is no room for both. */
function either(ev: Evaluator, before: Values, after: Values): Values {
  const both = join(before, after);
  if (both.length <= BOUNDS.alternatives) return both;
  ev.log.add("cut-alternatives", `a variable that may be added to and has more than ${BOUNDS.alternatives} values`);
  return before;
}

/** What a condition asks of the variable: `path`, `!path`, `path === undefined`, `path.endsWith("/")`. */
function askedOf(ev: Evaluator, test: Expr, held: Held, here: Env | null): Asked | null {
  if (isSelf(test, held.variable)) return (v) => truth([v]);
  if (test.kind === "not") {
    const inner = askedOf(ev, test.argument, held, here);
    return inner && ((v) => opposite(inner(v)));
  }
  if (test.kind === "compare" && isSelf(test.left, held.variable) && test.right.kind === "literal") {
    const { value } = test.right;
    if (value === undefined && test.operator === "===") return isUndefined;
    if (value === undefined && test.operator === "!==") return (v) => opposite(isUndefined(v));
  }
  const asked = decisionOf(ev, test, here);
  return asked !== null && isSelf(asked.of, held.variable) ? asked.holds : null;
}

/** Whether it holds for a value; null where that isn't known. */
type Asked = (v: Value) => boolean | null;

const opposite = (is: boolean | null): boolean | null => (is === null ? null : !is);

const isUndefined: Asked = (v) => (v.kind === "scalar" ? v.value === undefined : mayBeMissing(v) ? null : false);

const having = (asked: Asked | null, values: Values, is: boolean): Values =>
  asked === null ? values : values.filter((v) => asked(v) !== !is);

/** What an expression yields where the variable in it holds `values`. */
function fed(ev: Evaluator, e: Expr, held: Held, here: Env | null): Values {
  const { values, within } = held;
  if (!within.has(e)) return ev.evaluate(e, here);
  const part = (of: Expr): Values => fed(ev, of, held, here);
  switch (e.kind) {
    case "ref":
      return values;
    case "concat":
      return values.length === 0 ? [] : combinations(ev, e.parts, part, e.plus);
    case "member":
      return memberOf(ev, part(e.object), e.property);
    case "choice":
      return chosen(part(e.left), e.operator, () => part(e.right));
    case "await":
      return part(e.argument);
    case "call": {
      const objects = e.callee.kind === "member" ? part(e.callee.object) : [];
      const args = e.arguments.map(
        (argument): Argument =>
          within.has(argument)
            ? { expression: argument, env: here, values: part(argument) }
            : argumentOf(argument, here),
      );
      return valuesGiven(ev, e, { objects, args }, here);
    }
    case "conditional": {
      const asked = askedOf(ev, e.test, held, here);
      const outcome = within.has(e.test) ? null : conditionOutcome(ev, e.test, here);
      if (outcome !== null) return part(outcome ? e.consequent : e.alternate);
      const arm = (of: Expr, is: boolean): Values => {
        const own = having(asked, values, is);
        return own.length === 0 && values.length > 0 ? [] : fed(ev, of, { ...held, values: own }, here);
      };
      return join(arm(e.consequent, true), arm(e.alternate, false));
    }
    default:
      return [];
  }
}

/** Appended to again and again: what follows the first round isn't known. */
export function repeated(v: Value): Value {
  return v.kind === "text" ? { kind: "text", parts: [...v.parts, ...hole("loop", "more").parts] } : v;
}

/** Whether what stands under these conditions runs wherever the variable was made. */
function runsWith(ev: Evaluator, { variable }: Held, [made, d]: [Definition, Definition], here: Env | null): boolean {
  const end = surely(made.guard);
  for (let g = surely(d.guard); g !== end; g = surely(g.outer))
    if (g === null || collectMentions(g.test, variable, new Set()) || conditionOutcome(ev, g.test, here) !== g.is)
      return false;
  return true;
}

/** The condition that code stands in; that others have left before it is none of its own. */
function surely(guard: Guard | null): Guard | null {
  let g = guard;
  while (g?.exitsOtherwise) g = g.outer;
  return g;
}
