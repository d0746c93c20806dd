import type { Call, Expr, Member } from "../../ir/expression.ts";
import { operandsOf } from "../../ir/operands.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Unit } from "../../ir/unit.ts";
import { arrayOf, hole, joinAll, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { itemsOf } from "../objects/array.ts";

/** A call that runs a file of the program. */
interface Start {
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

/**
 * `process.argv` of a file that the program itself runs: what it is told there; null for any other.
 *
 * `spawn(process.execPath, [path.join(__dirname, "child"), JSON.stringify(data)])`   child.js: `JSON.parse(process.argv[2])`
 */
export function toldArguments(ev: Evaluator, { unit, object: o }: Member): Values | null {
  if (unit === undefined || o.kind !== "ref" || canonical(o.variable).name !== "process") return null;
  const found = ev.program.cache.once(starts, unit, () => startsOf(ev.program, unit));
  const told: Values[] = [];
  for (const { list, from } of found) {
    for (const v of ev.evaluate(list, null)) {
      if (v.kind !== "array") continue;
      for (const [i, item] of itemsOf(ev, v).items.slice(from).entries()) told[i] = joinAll([told[i] ?? [], item]);
    }
  }
  if (told.length === 0) return null;
  return [arrayOf([[hole("unknown", "execPath")], [hole("unknown", "script")], ...told], true)];
}

function startsOf(program: Program, unit: Unit): readonly Start[] {
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
  for (let part = queue.shift(); part !== undefined && seen.size < BOUNDS.pathParts; part = queue.shift()) {
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
