import type { Compare, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import type { Values } from "../domain/value.ts";
import type { Frame } from "./env.ts";

/** A chain of callers that a question is asked under: each function was called with this frame. */
export interface CallingContext {
  frames: ReadonlyMap<Func, Frame>;
  /** Some frame says what its method was called on, which may settle what a constructor got. */
  receivers: boolean;
  /** Of the ways the code can run, one; `base`: the same callers, without it. */
  assumed?: { assumption: Assumption; base: CallingContext | null };
}

export interface AssumedTest {
  test: Expr;
  is: boolean;
}

/**
 * One of the ways a piece of code can run: which of its values some expressions and variables have, and how
 * conditions turned out. Holds where it is looked at, and not inside functions that are called from there.
 */
export class Assumption {
  /** By expression or variable. */
  readonly values: ReadonlyMap<object, Values>;
  readonly tests: readonly AssumedTest[];

  constructor(values: ReadonlyMap<object, Values>, tests: readonly AssumedTest[]) {
    this.values = values;
    this.tests = tests;
  }

  /** How a condition turns out; null where nothing is assumed of it. */
  outcomeOf(test: Expr): boolean | null {
    for (const assumed of this.tests) {
      if (sameCondition(assumed.test, test)) return assumed.is;
      if (assumed.is && excludes(assumed.test, test)) return false;
    }
    return null;
  }

  /** May a condition turn out otherwise than without the assumption? */
  concerns(test: Expr): boolean {
    if (this.outcomeOf(test) !== null) return true;
    switch (test.kind) {
      case "not":
        return this.concerns(test.argument);
      case "choice":
        return this.concerns(test.left) || this.concerns(test.right);
      case "compare":
        return this.#speaksOf(test.left) || this.#speaksOf(test.right);
      case "call":
        return (
          (test.callee.kind === "member" && this.#speaksOf(test.callee.object)) ||
          test.arguments.some((given) => this.#speaksOf(given))
        );
      default:
        return this.#speaksOf(test);
    }
  }

  #speaksOf(e: Expr): boolean {
    if (e.kind === "member") return this.#speaksOf(e.object);
    return this.values.has(e.kind === "ref" ? canonical(e.variable) : e);
  }
}

/** `kind === "a"` leaves no room for `kind === "b"`. */
function excludes(holds: Expr, test: Expr): boolean {
  if (holds.kind === "choice" && holds.operator === "||")
    return excludes(holds.left, test) && excludes(holds.right, test);
  return (
    isEquality(holds) && isEquality(test) && sameCondition(holds.left, test.left) && differ(holds.right, test.right)
  );
}

const isEquality = (e: Expr): e is Compare => e.kind === "compare" && e.operator === "===";
const differ = (a: Expr, b: Expr): boolean => a.kind === "literal" && b.kind === "literal" && a.value !== b.value;

/**
 * The same question, wherever it is asked: literals, variables, their members and what is made of these by comparing
 * and choosing.
 */
export function sameCondition(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.kind === "ref") return b.kind === "ref" && canonical(a.variable) === canonical(b.variable);
  if (a.kind === "literal") return b.kind === "literal" && a.value === b.value;
  if (a.kind === "member") return b.kind === "member" && a.property === b.property && sameCondition(a.object, b.object);
  if (a.kind === "compare" || a.kind === "choice")
    return (
      b.kind === a.kind && a.operator === b.operator && sameCondition(a.left, b.left) && sameCondition(a.right, b.right)
    );
  return false;
}
