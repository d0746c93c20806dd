import type { Call, Expr } from "./expression.ts";
import { operandsOf } from "./operands.ts";
import { canonical, type Program } from "./program.ts";
import { CacheKey } from "./program-cache.ts";
import type { Unit } from "./unit.ts";

/** A call that runs a file of the program. */
export interface Start {
  /** The list that holds its arguments. */
  list: Expr;
  /** How many of its items come before those: the file. */
  from: number;
}

/** Calls that run a program with a list of arguments: whether the file is the first item, or an argument of its own. */
const STARTERS: Readonly<Record<string, "item" | "argument">> = {
  spawn: "item",
  spawnSync: "item",
  execFile: "item",
  execFileSync: "item",
  execa: "item",
  fork: "argument",
};

const starters = new CacheKey<Program, readonly Call[]>();
const starts = new CacheKey<Unit, readonly Start[]>();

/** Expressions behind a path that are searched for the name of a file. */
const PATH_PARTS = 40;

/** Calls that run the file of a unit. */
export const startsOf = (program: Program, unit: Unit): readonly Start[] =>
  program.cache.once(starts, unit, () => startsIn(program, unit));

function startsIn(program: Program, unit: Unit): readonly Start[] {
  const calls = program.cache.once(starters, program, () =>
    program.units.flatMap(({ calls }) => calls.filter((call) => starterOf(call) !== null)),
  );
  return calls.flatMap((call): Start[] => {
    const isItem = starterOf(call) === "item";
    const [first, list] = call.arguments;
    if (list === undefined) return [];
    const names = isItem ? listIn(list)?.items[0] : first;
    return names !== undefined && isNamedIn(program, call.unit, names, unit) ? [{ list, from: isItem ? 1 : 0 }] : [];
  });
}

function starterOf({ callee: f, construct }: Call): "item" | "argument" | null {
  if (construct) return null;
  const name = f.kind === "member" ? f.property : f.kind === "ref" ? nameOf(f) : "";
  return Object.hasOwn(STARTERS, name) ? STARTERS[name]! : null;
}

/** What a variable was called where it was read from a module: minifiers rename it. */
function nameOf({ variable }: Extract<Expr, { kind: "ref" }>): string {
  const v = canonical(variable);
  const [only] = v.definitions;
  return only?.expression.kind === "member" ? only.expression.property : v.name;
}

/** A list that is written out, here or in a variable. */
function listIn(e: Expr): Extract<Expr, { kind: "array" }> | undefined {
  if (e.kind === "array") return e;
  if (e.kind !== "ref") return undefined;
  const [only, ...more] = canonical(e.variable).definitions;
  return only?.expression.kind === "array" && more.length === 0 ? only.expression : undefined;
}

/** Does an expression, or what its variables are defined as, name the file? */
function isNamedIn(program: Program, from: Unit, e: Expr, { file }: Unit): boolean {
  const queue = [e];
  const seen = new Set<Expr>();
  for (let part = queue.shift(); part !== undefined && seen.size < PATH_PARTS; part = queue.shift()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind === "literal" && typeof part.value === "string") {
      const name = part.value.replace(/^\.?\//, "");
      if (name !== "" && program.resolve(from.file, `./${name}`)?.path === file) return true;
    }
    if (part.kind === "ref") queue.push(...canonical(part.variable).definitions.map((d) => d.expression));
    else queue.push(...operandsOf(part));
  }
  return false;
}
