import type { Compare, Expr } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";
import type { Func } from "../../ir/unit.ts";
import type { Values } from "../domain/value.ts";
import type { Frame } from "./env.ts";

/** A chain of callers that a question is asked under: each function was called with this frame. */
export interface CallContext {
  frames: ReadonlyMap<Func, Frame>;
  /** Some frame says what its method was called on, which may settle what a constructor got. */
  receivers: boolean;
  /** Of the ways the code can run, one; `base`: the same callers, without it. */
  assumed?: { assumption: Assumption; base: CallContext | null };
}

export interface AssumedTest {
  test: Expr;
  is: boolean;
}

/**
 * One of the ways a piece of code can run: which of its values some expressions and variables have, and how conditions turned
 * out. Holds where it is looked at, and not inside functions that are called from there.
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
      if (isSame(assumed.test, test)) return assumed.is;
      if (assumed.is && excludes(assumed.test, test)) return false;
    }
    return null;
  }

  /** May a condition turn out otherwise than without the assumption? */
  concerns(test: Expr): boolean {
    if (this.outcomeOf(test) !== null) return true;
    switch (test.k) {
      case "not":
        return this.concerns(test.e);
      case "choice":
        return this.concerns(test.l) || this.concerns(test.r);
      case "compare":
        return this.#speaksOf(test.l) || this.#speaksOf(test.r);
      default:
        return this.#speaksOf(test);
    }
  }

  #speaksOf(e: Expr): boolean {
    if (e.k === "member") return this.#speaksOf(e.o);
    return this.values.has(e.k === "ref" ? homeOf(e.v) : e);
  }
}

/** `kind === "a"` leaves no room for `kind === "b"`. */
function excludes(holds: Expr, test: Expr): boolean {
  if (holds.k === "choice" && holds.op === "||") return excludes(holds.l, test) && excludes(holds.r, test);
  return isEquality(holds) && isEquality(test) && isSame(holds.l, test.l) && differ(holds.r, test.r);
}

const isEquality = (e: Expr): e is Compare => e.k === "compare" && e.op === "===";
const differ = (a: Expr, b: Expr): boolean => a.k === "literal" && b.k === "literal" && a.v !== b.v;

/** The same question, wherever it is asked: literals, variables, their members and what is made of these by comparing and choosing. */
function isSame(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.k === "ref") return b.k === "ref" && homeOf(a.v) === homeOf(b.v);
  if (a.k === "literal") return b.k === "literal" && a.v === b.v;
  if (a.k === "member") return b.k === "member" && a.p === b.p && isSame(a.o, b.o);
  if (a.k === "compare" || a.k === "choice")
    return b.k === a.k && a.op === b.op && isSame(a.l, b.l) && isSame(a.r, b.r);
  return false;
}
