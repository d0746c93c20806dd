import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func, Variable } from "../../ir/unit.ts";

/**
 * Calls of one variable, or of members of one name, that give names of the program's own style as the same argument.
 */
export interface NamedCalls {
  callee: Variable | string;
  index: number;
  names: Set<string>;
  calls: Call[];
  /** Calls whose result nobody looks at. */
  unused: number;
}

/** Names as programs write them: two words or more. */
const NAME = /^[a-z][A-Za-z0-9_.:/-]*$/;
const TWO_WORDS = /[_.:/-]/;
const LONGEST = 120;

const perProgram = new CacheKey<Program, NamedCalls[]>();

/** Read off the calls without evaluating any; the first two arguments are looked at. */
export function namedCalls(program: Program): NamedCalls[] {
  let all = program.cache.of(perProgram).get(program);
  if (all === undefined) {
    all = [...tally(program)];
    program.cache.of(perProgram).set(program, all);
  }
  return all;
}

function* tally(program: Program): Iterable<NamedCalls> {
  const tallies = new Map<Variable | string, NamedCalls[]>();
  for (const call of program.callsWithStringArgument) {
    const { callee: f, arguments: a } = call;
    if (call.construct || (f.kind !== "ref" && f.kind !== "member")) continue;
    const callee = f.kind === "ref" ? canonical(f.variable) : f.property;
    for (let index = 0; index < 2 && index < a.length; index++) {
      for (const name of namesIn(a[index]!)) {
        let byIndex = tallies.get(callee);
        if (byIndex === undefined) {
          byIndex = [];
          tallies.set(callee, byIndex);
        }
        const t = byIndex[index] ?? { callee, index, names: new Set(), calls: [], unused: 0 };
        byIndex[index] = t;
        t.names.add(name);
        if (t.calls.at(-1) !== call) {
          t.calls.push(call);
          if (call.used !== "yes") t.unused++;
        }
      }
    }
  }
  for (const byIndex of tallies.values()) yield* byIndex.filter((t) => t !== undefined);
}

const NONE: readonly string[] = [];

/** Both arms of a ternary count, and what a constant holds. */
export function namesIn(e: Expr): readonly string[] {
  switch (e.kind) {
    case "literal":
      return typeof e.value === "string" && isName(e.value) ? [e.value] : NONE;
    case "conditional":
      return [...namesIn(e.consequent), ...namesIn(e.alternate)];
    case "ref": {
      const { definitions } = canonical(e.variable);
      return definitions.length === 1 && definitions[0]!.expression.kind === "literal"
        ? namesIn(definitions[0]!.expression)
        : NONE;
    }
    default:
      return NONE;
  }
}

const isName = (text: string): boolean => text.length <= LONGEST && NAME.test(text) && TWO_WORDS.test(text);

/** The functions that such calls may mean, by name alone. */
export function calledFunctions(program: Program, callee: Variable | string): Func[] {
  if (typeof callee === "string") return program.functionsNamed.get(callee) ?? [];
  return callee.definitions.flatMap((d) => (d.expression.kind === "function" ? [d.expression.func] : []));
}

const bodies = new CacheKey<Func, Func[]>();

/** A function and the functions written inside it. */
export function bodiesOf({ cache }: Program, f: Func): Func[] {
  let all = cache.of(bodies).get(f);
  if (all === undefined) {
    all = f.unit.functions.filter((g) => {
      for (let h: Func | null = g; h !== null; h = h.outer) if (h === f) return true;
      return false;
    });
    cache.of(bodies).set(f, all);
  }
  return all;
}
