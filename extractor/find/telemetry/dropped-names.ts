import type { Value, Values } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { eachUse } from "../../ir/uses.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { bodiesOf } from "../calls/calls-with-names.ts";
import { memberOfEach, parameterPlace } from "../calls/parameter-place.ts";

/**
 * Calls whose functions are all known and do nothing with one argument, as those of a library's tracer where nobody
 * has set up a real one:
 *
 * ```js
 * const silent = { startSpan: (_name) => span };
 * const client = { startSpan: (name) => silent.startSpan(name) };   // client.startSpan("a.b"): the name is dropped
 * ```
 */
export class DroppedNames {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #kept = new Set<Variable>();
  #left: number = FIND_BOUNDS.droppedNames;

  constructor(ev: Questions, callers: Callers) {
    this.#ev = ev;
    this.#callers = callers;
  }

  /** @param assumed parameters asked about already: a function that only hands it on to itself drops it */
  isDropped(call: Call, index: number, assumed: ReadonlySet<Variable> = new Set()): boolean {
    if (assumed.size > FIND_BOUNDS.transportSteps) return false;
    if (call.arguments.slice(0, index + 1).some(({ kind }) => kind === "spread")) return false;
    const functions = this.#functionsOf(call);
    return functions !== null && functions.length > 0 && functions.every((f) => this.#drops(f, index, assumed));
  }

  /** Does a function hand the parameter on to functions that drop it, and nowhere else? */
  #drops(f: Func, index: number, assumed: ReadonlySet<Variable>): boolean {
    if (takesRest(this.#ev.program, f, index)) return false;
    if (f.params <= index) return true;
    const variable = f.paramVariables[index];
    if (!variable || this.#kept.has(variable)) return false;
    if (assumed.has(variable)) return true;
    if (this.#left-- <= 0) return false;
    let drops = true;
    eachUse([f.unit], new Set([variable]), (_used, use) => {
      drops &&= use.kind === "part" && use.of.kind === "call" && this.#takesNothing(use.of, variable, assumed);
    });
    if (!drops) this.#kept.add(variable);
    return drops;
  }

  #takesNothing(call: Call, variable: Variable, assumed: ReadonlySet<Variable>): boolean {
    const isIt = (e: Expr): boolean => e.kind === "ref" && canonical(e.variable) === variable;
    const deeper = new Set([...assumed, variable]);
    return !isIt(call.callee) && call.arguments.every((e, i) => !isIt(e) || this.isDropped(call, i, deeper));
  }

  /** Null where one of them is not known. */
  #functionsOf({ callee, construct }: Call): Func[] | null {
    if (construct) return null;
    const functions = new Set<Func>();
    const seen = new Set<string>();
    const areKnown = (values: Values): boolean => values.every(isKnown);
    const isKnown = (v: Value): boolean => {
      if (v.kind === "function") functions.add(v.func);
      if (v.kind === "function" || v.kind === "scalar") return true;
      const place = parameterPlace(v);
      if (place === null) return false;
      const { func: f, index: i, member } = place;
      const key = `${f.unit.file} ${f.at} ${i} ${member}`;
      if (seen.has(key)) return true;
      seen.add(key);
      const sites = this.#callers.of(f);
      if (sites.length === 0 || sites.length > FIND_BOUNDS.transportGivers) return false;
      return sites.every(({ frame }) =>
        areKnown(
          this.#ev.ask(null, (ev) => {
            const given = argument(ev, frame.args ?? [], i);
            return member === null ? given : memberOfEach(ev, given, member);
          }),
        ),
      );
    };
    return areKnown(this.#ev.ask(null, (ev) => ev.evaluate(callee, null))) ? [...functions] : null;
  }
}

/** `(...all)`, or `arguments`, which holds all of them. */
function takesRest(program: Program, f: Func, index: number): boolean {
  const isRest = (e: Expr): boolean => (e.kind === "param" && e.rest) || (e.kind === "spread" && isRest(e.argument));
  return (
    (!f.arrow && f.unit.names.has("arguments")) ||
    f.paramVariables.slice(0, index + 1).some((v) => v?.definitions.some(({ expression: e }) => isRest(e))) ||
    bodiesOf(program, f).some(({ calls }) => calls.some((call) => call.arguments.some(isRest)))
  );
}
