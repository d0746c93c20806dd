import type { Call, Expr, Guard } from "../../ir/expression.ts";
import { isNullish } from "../domain/nullish.ts";
import { isSetByUser } from "../domain/set-by-user.ts";
import { joinAll, literalText, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { argumentsOf } from "../engine/call-frames.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import { callDepth, type Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/** One of the values that something may have, and the condition it has it under. */
export interface GuardedValues {
  values: Values;
  guard: Guard | null;
}

const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/|[\w-]+(?:\.[\w-]+)+(?:[:/]|$))/i;

/**
 * The join, with what comes of it when nothing is set in front, where several values are addresses: of several the
 * first is printed.
 * `if (process.env.STAGING) return "https://a.example"; return "https://b.example";` -> b, then a
 */
export function defaultFirst(ev: Evaluator, all: readonly GuardedValues[], env: Env | null): Values {
  if (all.filter(({ values }) => values.some(isAddress)).length < 2) return joinAll(all.map(({ values }) => values));
  const isTaken = all.map(({ guard }) => holdsUnset(ev, guard, env));
  const first = all.filter((_, i) => isTaken[i]);
  return joinAll([...first, ...all.filter((_, i) => !isTaken[i])].map(({ values }) => values));
}

function isAddress(v: Value): boolean {
  const text = v.kind === "text" ? literalText(v) : null;
  return text !== null && ADDRESS.test(text);
}

function holdsUnset(ev: Evaluator, guard: Guard | null, env: Env | null): boolean {
  let left = BOUNDS.defaultConditions;
  for (let g = guard; g !== null && left > 0; g = g.outer, left--) {
    const is = outcomeUnset(ev, g.test, env);
    if (is !== null && is !== g.is) return false;
  }
  return true;
}

/**
 * How a condition turns out when no variable, setting, flag or argument is given; null where that isn't known either.
 */
function outcomeUnset(ev: Evaluator, test: Expr, env: Env | null, calls = BOUNDS.defaultConditions): boolean | null {
  const known = conditionOutcome(ev, test, env);
  if (known !== null) return known;
  switch (test.kind) {
    case "not": {
      const inner = outcomeUnset(ev, test.argument, env, calls);
      return inner === null ? null : !inner;
    }
    case "choice": {
      const left = outcomeUnset(ev, test.left, env, calls);
      if (test.operator === "??") return isUnset(ev, test.left, env) ? outcomeUnset(ev, test.right, env, calls) : left;
      const decides = test.operator === "||";
      if (left === decides) return decides;
      const right = outcomeUnset(ev, test.right, env, calls);
      return right === decides ? decides : left === null || right === null ? null : !decides;
    }
    case "compare": {
      if (test.operator !== "===" && test.operator !== "!==") return null;
      const [open, other] = isUnset(ev, test.left, env) ? [test.left, test.right] : [test.right, test.left];
      if (!isUnset(ev, open, env)) return null;
      const values = ev.evaluate(other, env);
      if (values.length !== 1 || isSetByUser(values[0]!)) return null;
      const [value] = values;
      return isNullish(value!) === (test.operator === "===");
    }
    case "call":
      return outcomeOfCall(ev, test, env, calls) ?? (isUnset(ev, test, env) ? false : null);
    default:
      return isUnset(ev, test, env) ? false : null;
  }
}

/** `const isEu = () => process.env.REGION === "eu"`: a predicate turns out as what it returns. */
function outcomeOfCall(ev: Evaluator, call: Call, env: Env | null, calls: number): boolean | null {
  const [fn, ...others] = ev.evaluate(call.callee, env);
  if (calls === 0 || fn?.kind !== "function" || others.length > 0) return null;
  const [only, ...more] = fn.func.returns;
  if (only === undefined || only.guard !== null || more.length > 0) return null;
  const given = { args: argumentsOf(call, env), self: fn.self };
  return outcomeUnset(ev, only.expression, ev.frames.enter(fn.func, fn.env, given, callDepth(env) + 1), calls - 1);
}

const isUnset = (ev: Evaluator, e: Expr, env: Env | null): boolean => {
  const values = ev.evaluate(e, env);
  return values.some(isSetByUser) && values.every((v) => isSetByUser(v) || isNullish(v));
};
