import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { ArgumentUse, Func, Variable } from "../../ir/unit.ts";
import { eachUse, type Use, usedIn } from "../../ir/uses.ts";
import { predicatesOf } from "./condition-shapes.ts";
import type { NecessaryConditions } from "./necessary-conditions.ts";
import { and, NO_REQUIREMENTS, or, type Requirements, UNREACHABLE } from "./requirements.ts";
import { decidingGuards } from "./ways-chosen.ts";

/**
 * Conditions around the calls of parameters.
 *
 * ```js
 * function ifAllowed(send) { if (process.env.OFF) return; send(); }
 * ```
 */
export class CalledParameters {
  readonly #ev: Questions;
  readonly #conditions: NecessaryConditions;
  readonly #busy = new Set<Variable>();

  constructor(ev: Questions, conditions: NecessaryConditions) {
    this.#ev = ev;
    this.#conditions = conditions;
  }

  /** For a function to be called by those that a call gives it to; no claim where one may do more with it than that. */
  ofGiven({ call, index }: ArgumentUse): Requirements {
    const takers = call.construct ? [] : predicatesOf(this.#ev, call, null);
    if (takers.length === 0) return NO_REQUIREMENTS;
    return takers.map(({ func }) => this.#ofParameter(func, index)).reduce(or, UNREACHABLE);
  }

  #ofParameter(f: Func, index: number): Requirements {
    const parameter = f.paramVariables[index];
    if (parameter == null) return NO_REQUIREMENTS;
    const v = canonical(parameter);
    if (this.#busy.has(v)) return UNREACHABLE;
    if (v.definitions.length !== 1 || !onlyCalled(this.#ev.program).has(v)) return NO_REQUIREMENTS;
    this.#busy.add(v);
    const called = (this.#ev.program.callsOf.get(v) ?? []).map((call) => this.#around(call));
    const handedOn = v.passedTo.map((use) => and(this.#around(use.call), this.ofGiven(use)));
    this.#busy.delete(v);
    return [...called, ...handedOn].reduce(or, UNREACHABLE) ?? NO_REQUIREMENTS;
  }

  #around = (call: Call): Requirements => this.#conditions.ofGuard(decidingGuards(call));
}

const known = new CacheKey<Program, ReadonlySet<Variable>>();

/** Parameters that are called or handed on to calls, and nothing else. */
const onlyCalled = (program: Program): ReadonlySet<Variable> =>
  program.cache.once(known, program, () => {
    const called = new Set<object>();
    for (const { functions } of program.units)
      for (const { paramVariables } of functions)
        for (const p of paramVariables) if (p && isUsed(program, canonical(p))) called.add(canonical(p));
    const more = new Set<object>();
    eachUse(program.units, called, (used, use) => {
      if (!isCall(use, used)) more.add(used);
    });
    return new Set([...called].filter((v): v is Variable => !more.has(v)));
  });

const isUsed = ({ callsOf }: Program, v: Variable): boolean => callsOf.has(v) || v.passedTo.length > 0;

/** `f(a)`, `run(f)`, `f && f(a)`, `typeof f` */
function isCall(use: Use, used: object): boolean {
  if (use.kind !== "part") return false;
  switch (use.of.kind) {
    case "call":
      return !use.of.construct;
    case "choice":
      return use.of.operator === "&&" && usedIn(use.of.right) !== used;
    case "compare":
    case "unary":
    case "not":
      return true;
    default:
      return false;
  }
}
