import { isSetByUser } from "../../evaluate/domain/set-by-user.ts";
import { literalText, type Value, type Values } from "../../evaluate/domain/value.ts";
import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Frame } from "../../evaluate/engine/env.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { COLLECTION_CALLBACKS } from "../../evaluate/natives/collection-callbacks.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { push } from "../../ir/multimap.ts";
import { canonical, type Program } from "../../ir/program.ts";
import type { ClassDef, Definition, Func, Variable } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { type CallSite, direct, makersOf } from "./call-site.ts";

/**
 * Calls of what an expression yields, by the function or class that it yields: each callee that no name leads to is
 * evaluated once, and again under the callers of the functions whose parameters it hangs on.
 *
 * `const send = [log, post][1]; send(url)`, `await (await load()).post(url)`, `new (registry.get("api"))()`
 */
export class ValueCalls {
  readonly #ev: Questions;
  readonly #of = new Map<Func | ClassDef, CallSite[]>();
  readonly #callersOf: (f: Func) => readonly CallSite[];
  /** Once somebody has asked. */
  #isFilled = false;

  constructor(ev: Questions, callersOf: (f: Func) => readonly CallSite[]) {
    this.#ev = ev;
    this.#callersOf = callersOf;
  }

  /** @param called a function, or a class that `new` makes objects of */
  of(called: Func | ClassDef): readonly CallSite[] {
    if (!this.#isFilled) {
      // callers that are asked on the way meet what is known so far
      this.#isFilled = true;
      for (const open of this.#fill()) this.#askGivers(open);
    }
    return this.#of.get(called) ?? NONE;
  }

  /** `for (const name of ["get", "post"]) api[name] = f`: names under which such a function is kept. */
  namesOf(f: Func): string[] {
    const keys = this.#ev.program.computedNames.get(f) ?? [];
    return keys.flatMap((key) =>
      this.#ev.tryWithin((ev) => ev.evaluate(key, null), []).flatMap((v) => literalText(v) ?? []),
    );
  }

  /** Looks at each callee without a caller; those that hang on callers are left. */
  #fill(): OpenCalls[] {
    const { program } = this.#ev;
    const left: OpenCalls[] = [];
    for (const calls of callsByCallee(program)) {
      if (this.#isAnyMember(calls[0]!)) continue;
      const values = this.#calleeOf(calls, null);
      for (const v of values) this.#add(v, calls, true);
      const givers = isFoundByName(program, calls[0]!) ? NOBODY : giversOf(values);
      if (givers.size > 0) left.push({ calls, givers });
    }
    return left;
  }

  /** Asks the callers of functions that are given what is called. */
  #askGivers({ calls, givers }: OpenCalls): void {
    const asked: Asked[] = [{ frames: new Map(), givers }];
    for (const { frames, givers: open } of asked) {
      for (const giver of open) {
        if (frames.has(giver) || frames.size >= FIND_BOUNDS.valueLevels) continue;
        for (const { frame } of this.#callersOf(giver).slice(0, FIND_BOUNDS.valueGivers)) {
          if (asked.length >= FIND_BOUNDS.valueContexts) break;
          const context = { frames: new Map([...frames, [giver, frame]]), receivers: false };
          const values = this.#calleeOf(calls, context);
          for (const v of values) this.#add(v, calls, false);
          asked.push({ frames: context.frames, givers: giversOf(values) });
        }
      }
    }
  }

  /**
   * `const f = client[name]` where nothing is known of the name: that all methods are there calls none of them. A name
   * that the user gives may be any of theirs: `const run = commands[process.argv[2]]`
   */
  #isAnyMember({ callee }: Call): boolean {
    return definitionsOf(callee).some(
      ({ expression: e }) =>
        e.kind === "index" && !this.#ev.tryWithin((ev) => ev.evaluate(e.index, null), []).some(isKnownOrChosen),
    );
  }

  #calleeOf([call]: readonly Call[], context: CallingContext | null): Values {
    return this.#ev.tryWithin((evaluator) => evaluator.evaluate(call!.callee, null), [], context);
  }

  #add(v: Values[number], calls: readonly Call[], isSure: boolean): void {
    if (v.kind !== "function" && v.kind !== "class") return;
    for (const call of calls) {
      if (v.kind === "class" && !call.construct) continue;
      const site = direct(call);
      // `send.bind(null, url)` gave some ahead
      if (v.kind === "function" && v.bound.length > 0)
        site.frame = { ...site.frame, args: [...v.bound, ...(site.frame.args ?? [])], self: v.self };
      if (v.kind === "function" && v.env !== null && isSure) site.made = makersOf(v);
      push(this.#of, v.kind === "function" ? v.func : v.classDef, site);
    }
  }
}

const NONE: readonly CallSite[] = [];
const NOBODY: ReadonlySet<Func> = new Set();

/** Calls of what functions are given. */
interface OpenCalls {
  calls: readonly Call[];
  givers: ReadonlySet<Func>;
}

/**
 * Callers that were assumed, and functions whose callers would tell more. The list grows while it is worked through.
 */
interface Asked {
  frames: ReadonlyMap<Func, Frame>;
  givers: ReadonlySet<Func>;
}

const isKnownOrChosen = (key: Value): boolean => literalText(key) !== null || isSetByUser(key);

function giversOf(values: Values): Set<Func> {
  const givers = new Set<Func>();
  eachOpenParameter(values, ({ func }) => givers.add(func));
  return givers;
}

const definitionsOf = (callee: Expr): readonly Definition[] =>
  callee.kind === "ref" ? canonical(callee.variable).definitions : [];

/** Calls whose callee says no function by a name; those of one variable together, for they call the same. */
function* callsByCallee(program: Program): Generator<readonly Call[]> {
  for (const [v, calls] of program.callsOf) if (!isNamed(v)) yield calls;
  for (const [name, calls] of program.callsOfMember) {
    // calls under computed names have none
    if (name !== "" && !program.functionsNamed.has(name) && !COLLECTION_CALLBACKS.has(name))
      yield* calls.map((call) => [call]);
  }
  // `pick("http")(options)`
  for (const call of program.callsOfResult.values()) yield [call];
}

/**
 * `({ onDone }) => onDone(url)`: who hands it in names it. A member that no function has a name for is a library's.
 */
function isFoundByName({ functionsNamed }: Program, { callee }: Call): boolean {
  if (callee.kind === "member") return true;
  const definitions = definitionsOf(callee);
  return (
    definitions.length > 0 &&
    definitions.every(({ expression: e }) => e.kind === "member" && functionsNamed.has(e.property))
  );
}

/**
 * Is everything that the variable holds found by names? What a parameter is given is followed from the giver, but for
 * what a list or a promise gives: `listeners.forEach((f) => f(url))`.
 */
const isNamed = ({ definitions }: Variable): boolean =>
  definitions.every(({ expression: e }) => (e.kind === "param" ? e.func.passedTo.length === 0 : NAMED.has(e.kind)));

/** `const next = intercepted(options.next); next(request)`: whoever calls the function around it may give another. */
export const isFoundByValue = (callee: Expr): boolean => callee.kind === "ref" && !isNamed(canonical(callee.variable));

const NAMED: ReadonlySet<Expr["kind"]> = new Set(["function", "class", "module", "literal", "unknown"]);
