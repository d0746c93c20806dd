import type { Program } from "../../ir/program.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import { RUNTIME } from "../natives/runtime.ts";
import type { CallingContext } from "./calling-context.ts";
import { Evaluator } from "./evaluator.ts";
import type { EvaluatorOptions } from "./evaluator-options.ts";

/**
 * What a pass holds of an evaluator: it can ask, and cannot evaluate. The evaluator itself is handed to the question,
 * so that no expression is looked at without fresh fuel and without saying which callers are assumed.
 *
 * `questions.ask(null, (ev) => ev.evaluate(e, null))`
 */
export interface Questions {
  readonly program: Program;
  readonly log: DiagnosticLog;
  /** Expressions looked at so far, for all questions together. */
  readonly steps: number;
  /** The last question took more steps than it was given: what hangs on its answer would take as many. */
  readonly exhausted: boolean;
  /** Asks with fresh fuel, under the callers to assume. */
  ask<T>(context: CallingContext | null, question: (ev: Evaluator) => T): T;
  /** A question whose answer matters only where it is near: `far` is the answer where that takes many steps. */
  tryWithin<T>(question: (ev: Evaluator) => T, far: T, context?: CallingContext | null): T;
}

export const questionsOf = (options: EvaluatorOptions): Questions => new Evaluator(options, RUNTIME);
