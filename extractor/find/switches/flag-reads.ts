import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr, Guard, Index } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import type { FlagFinding } from "../../model/finding.ts";
import type { FlagHints } from "../../model/signatures/telemetry-hints.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { bodiesOf, calledFunctions, type NamedCalls, namedCalls, namesIn } from "../calls/calls-with-names.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";

/** Different names a function must be asked for, unless its own name says what it does. */
const NAMES = 3;
/** So many of the names share their first word: a program's flags are of one family. */
const FAMILY = 0.6;
/** A bundler's own loader looks modules up as others look up flags. */
const MODULE = /^node:/;

/**
 * Functions that look a name up in what a server or a cache holds and hand back what they find: reads of remote
 * flags. They are told from functions that send events by the use of their result, and from tables by where they
 * look.
 */
export class FlagReaders {
  readonly #ev: Questions;
  readonly #environments: EnvironmentObjects;
  readonly #methods: RegExp[];
  readonly #readers = new Map<Call, string[]>();
  readonly #open = new Set<Call>();

  constructor(ev: Questions, environments: EnvironmentObjects, hints: readonly FlagHints[]) {
    this.#ev = ev;
    this.#environments = environments;
    this.#methods = hints.flatMap((h) => h.methods.map((m) => new RegExp(m, "i")));
    const named = namedCalls(ev.program).filter(({ index, calls }) => index === 0 && mostlyWanted(calls));
    const functions = new Set<Func>();
    // readers that ask readers come last
    for (let round = 0; round < 2; round++) {
      for (const one of named) {
        for (const f of calledFunctions(ev.program, one.callee))
          if (!functions.has(f) && this.#reads(f, one, functions)) functions.add(f);
      }
    }
    for (const one of named) {
      const all = calledFunctions(ev.program, one.callee);
      const byName = typeof one.callee === "string" && this.#telling(one.callee);
      if (!byName && !all.some((f) => functions.has(f))) continue;
      for (const call of one.calls) {
        const names = namesIn(call.arguments[0]!).filter((name) => !MODULE.test(name));
        if (names.length > 0) this.#readers.set(call, names);
        if (all.some(isOpen)) this.#open.add(call);
      }
    }
  }

  /** The flag that a call reads. */
  nameRead(call: Call): string | null {
    const names = this.#readers.get(call);
    return names?.length === 1 ? names[0]! : null;
  }

  /**
   * What is read where nobody set the flag: the argument, or what the reader itself falls back on; undefined where
   * unknown.
   */
  defaultOf(call: Call): unknown {
    const [, given] = call.arguments;
    if (given === undefined && this.#open.has(call)) return true;
    return given?.kind === "literal" ? given.value : undefined;
  }

  /** Every name that is asked for, and where. */
  found(locate: Locate): FlagFinding[] {
    return [...this.#readers].flatMap(([call, names]) =>
      names.map((name) => ({ name, evidence: callEvidence(locate, call, []) })),
    );
  }

  #telling(name: string): boolean {
    return this.#methods.some((m) => m.test(name));
  }

  #reads(f: Func, { callee, names, calls, unused }: NamedCalls, known: ReadonlySet<Func>): boolean {
    const parameter = f.paramVariables[0];
    if (!parameter) return false;
    if (bodiesOf(this.#ev.program, f).some((body) => passesOn(body, parameter, known))) return true;
    // a result that is only handed on may be an event's promise
    if (unused * 2 >= calls.length) return false;
    const telling =
      this.#telling(typeof callee === "string" ? callee : "") || f.aliases.some((name) => this.#telling(name));
    if (!telling && (names.size < NAMES || !oneFamily(names))) return false;
    return this.#looksUp(f, 0, FIND_BOUNDS.flagReaderLevels);
  }

  /** Does it look the parameter up, or ask another function that does? */
  #looksUp(f: Func, index: number, levels: number): boolean {
    const parameter = f.paramVariables[index];
    return parameter != null && bodiesOf(this.#ev.program, f).some((body) => this.#looksUpIn(body, parameter, levels));
  }

  #looksUpIn(f: Func, parameter: Variable, levels: number): boolean {
    const isName = (e: Expr | undefined): boolean => isParameter(e, parameter);
    const byIndex = f.unit.reads.some(
      ({ expression: e, within }) => within === f && e.kind === "index" && isName(e.index) && this.#isStore(e),
    );
    if (byIndex) return true;
    return f.calls.some((call) => {
      const index = call.arguments.findIndex(isName);
      if (index < 0) return false;
      if (call.callee.kind === "member")
        return index === 0 && (call.callee.property === "get" || this.#telling(call.callee.property));
      if (call.callee.kind !== "ref" || levels === 0) return false;
      return canonical(call.callee.variable).definitions.some(
        ({ expression: e }) => e.kind === "function" && e.func !== f && this.#looksUp(e.func, index, levels - 1),
      );
    });
  }

  /** Not the environment, and not a table written in the source. */
  #isStore({ object: o }: Index): boolean {
    if (this.#environments.may(o)) return false;
    const values = this.#ev.ask(null, (ev) => ev.evaluate(o, null));
    return !values.some((v) => v.kind === "object" && (v.node?.members.some((m) => m.kind === "value") ?? false));
  }
}

const mostlyWanted = (calls: readonly Call[]): boolean =>
  calls.filter(({ used }) => used === "no").length * 2 < calls.length;

/** `const rule = rules[name]; if (!rule) return true; return rule.allowed`: what nobody forbade is allowed. */
const isOpen = ({ returns }: Func): boolean =>
  returns.some(({ expression: e, guard }) =>
    e.kind === "choice" ? e.operator !== "&&" && isYes(e.right) : isYes(e) && isMiss(guard),
  );

/** Nothing was found: `!rule`. That what was found is `true` is another thing. */
function isMiss(guard: Guard | null): boolean {
  if (guard === null) return false;
  let { test, is } = guard;
  for (; test.kind === "not"; test = test.argument) is = !is;
  return !is && (test.kind === "ref" || test.kind === "member" || test.kind === "index" || test.kind === "call");
}

const isYes = (e: Expr): boolean =>
  (e.kind === "literal" && e.value === true) ||
  (e.kind === "not" && e.argument.kind === "literal" && !e.argument.value);

const isParameter = (e: Expr | undefined, parameter: Variable): boolean =>
  e?.kind === "ref" && canonical(e.variable) === parameter;

/** Asks a known reader for its own first parameter. */
const passesOn = (f: Func, parameter: Variable, known: ReadonlySet<Func>): boolean =>
  f.calls.some(
    ({ callee, arguments: [name] }) =>
      isParameter(name, parameter) &&
      callee.kind === "ref" &&
      canonical(callee.variable).definitions.some(
        (d) => d.expression.kind === "function" && known.has(d.expression.func),
      ),
  );

function oneFamily(names: ReadonlySet<string>): boolean {
  const first = new Map<string, number>();
  for (const name of names) {
    const [word = ""] = name.split(/[_.:/-]/, 1);
    if (word.length >= 3) first.set(word, (first.get(word) ?? 0) + 1);
  }
  return Math.max(0, ...first.values()) >= names.size * FAMILY;
}
