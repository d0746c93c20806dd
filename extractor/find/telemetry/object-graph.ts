import { onlyHole, type Value, type Values } from "../../evaluate/domain/value.ts";
import { callDepth, newEnv } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { fieldNames } from "../../evaluate/objects/class.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import { parentsOf } from "../../evaluate/objects/superclass.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Expr } from "../../ir/expression.ts";
import type { ClassDef, Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { bodiesOf } from "../calls/calls-with-names.ts";

/** What an object is made of: the classes of the objects that it keeps, and the functions that it calls. */
export interface ObjectGraph {
  classes: ReadonlySet<ClassDef>;
  functions: ReadonlySet<Func>;
  /** False where something in it is known only when the program runs, or lies too far away. */
  complete: boolean;
}

interface Walk {
  ev: Evaluator;
  classes: Set<ClassDef>;
  functions: Set<Func>;
  complete: boolean;
  /** Closures by what they close over. */
  seen: Map<object, Set<object>>;
  left: number;
}

/**
 * Goes from an object to those that it keeps, and from a function to what it calls a method of:
 * `{ emit(e) { for (const p of processors) p.onEmit(e) } }` leads to the processors, and these to their exporter.
 */
export function objectGraph(ev: Evaluator, e: Expr): ObjectGraph {
  const walk: Walk = {
    ev,
    classes: new Set(),
    functions: new Set(),
    complete: true,
    seen: new Map(),
    left: FIND_BOUNDS.graphValues,
  };
  visitAll(walk, ev.evaluate(e, null), 0);
  return walk;
}

function visitAll(walk: Walk, values: Values, depth: number): void {
  for (const v of values) visit(walk, v, depth);
}

function visit(walk: Walk, v: Value, depth: number): void {
  const { ev } = walk;
  switch (v.kind) {
    case "text":
      if (onlyHole(v) !== null) walk.complete = false;
      return;
    case "native":
    case "object":
    case "array":
    case "instance":
    case "function":
      break;
    default:
      return;
  }
  if (isKnown(walk, v)) return;
  if (depth > FIND_BOUNDS.transportSteps || --walk.left < 0) {
    walk.complete = false;
    return;
  }
  const next = (values: Values) => visitAll(walk, values, depth + 1);
  if (v.kind === "array" || v.kind === "native") next(elementsOf(ev, [v], false));
  else if (v.kind === "object") for (const name of memberNames(ev, v)) next(memberOf(ev, [v], name));
  else if (v.kind === "function") calledIn(walk, v, depth);
  else {
    (v.args ?? []).forEach((_a, i) => {
      next(argument(ev, v.args!, i));
    });
    if (v.of.kind !== "class") return;
    for (const c of lineOf(ev, v.of.classDef)) {
      walk.classes.add(c);
      for (const name of fieldNames(ev.program, c)) next(memberOf(ev, [v], name));
    }
  }
}

/** The objects whose methods a function calls, and the functions that it was made with. */
function calledIn(walk: Walk, v: Extract<Value, { kind: "function" }>, depth: number): void {
  const { ev } = walk;
  walk.functions.add(v.func);
  const env = newEnv(v.func, v.env, { args: null, self: v.self }, callDepth(v.env));
  for (const { calls } of bodiesOf(ev.program, v.func)) {
    for (const { callee } of calls) {
      const of = callee.kind === "member" ? callee.object : callee;
      if (of.kind === "ref" || of.kind === "member") visitAll(walk, ev.evaluate(of, env), depth + 1);
    }
  }
}

function lineOf(ev: Evaluator, c: ClassDef): ClassDef[] {
  const line = [c];
  for (let d = c; d.parent !== null && line.length <= FIND_BOUNDS.transportSteps; ) {
    const parent = parentsOf(ev, d.parent, null).find((v) => v.kind === "class");
    if (parent?.kind !== "class" || line.includes(parent.classDef)) break;
    line.push(parent.classDef);
    d = parent.classDef;
  }
  return line;
}

/** One object that two ways lead to is looked at once: two of one place in the code may keep different things. */
function isKnown({ seen }: Walk, v: Value): boolean {
  const [place, closure] = identityOf(v);
  const closures = seen.get(place) ?? new Set();
  if (closures.has(closure)) return true;
  seen.set(place, closures.add(closure));
  return false;
}

function identityOf(v: Value): [place: object, closure: object] {
  if (v.kind === "instance") return [v.of.kind === "class" ? v.of.classDef : v.of.func, v.args ?? v.of];
  if (v.kind === "function") return [v.func, v.env ?? v.func];
  if ((v.kind === "object" || v.kind === "array") && v.node !== null) return [v.node, v.env ?? v.node];
  return [v, v];
}
