import { type InstanceValue, onlyHole, type TextValue, type Value, type Values } from "../../evaluate/domain/value.ts";
import { callDepth, type Env, newEnv } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { fieldNames } from "../../evaluate/objects/class.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import { parentsOf } from "../../evaluate/objects/superclass.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { type ClassDef, classOf, type Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { bodiesOf } from "../calls/calls-with-names.ts";
import { memberOfEach, parameterPlace } from "../calls/parameter-place.ts";

/** What an object is made of: the classes of the objects that it keeps, and the functions that it calls. */
export interface ObjectGraph {
  classes: ReadonlySet<ClassDef>;
  functions: ReadonlySet<Func>;
  /** False where something in it is known only when the program runs, or lies too far away. */
  complete: boolean;
}

interface Walk {
  /** What is evaluated for one step, with fresh fuel. */
  ask: <T>(question: (ev: Evaluator) => T) => T;
  callers: Callers;
  classes: Set<ClassDef>;
  functions: Set<Func>;
  complete: boolean;
  /** Goes into the methods of classes as well. */
  withMethods: boolean;
  /** Closures by what they close over. */
  seen: Map<object, Set<unknown>>;
  left: number;
}

/** What objects lead to, each looked at once. */
export class ObjectGraphs {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #kept = new Map<Expr, ObjectGraph>();
  readonly #called = new Map<Expr, ObjectGraph>();

  constructor(ev: Questions, callers: Callers) {
    this.#ev = ev;
    this.#callers = callers;
  }

  /**
   * The objects that one keeps, and what its functions call a method of:
   * `{ emit(e) { for (const p of processors) p.onEmit(e) } }` leads to the processors, and these to their exporter.
   */
  keptBy(e: Expr): ObjectGraph {
    return this.#graph(this.#kept, e, false);
  }

  /** May a call of a method lead to an object of one of the classes? One on `this` says nothing of the object. */
  mayCall({ callee: f }: Call, classes: readonly ClassDef[]): boolean {
    if (f.kind !== "member" || f.object.kind === "this") return true;
    const graph = this.#graph(this.#called, f.object, true);
    return !graph.complete || graph.classes.size === 0 || classes.some((c) => graph.classes.has(c));
  }

  #graph(known: Map<Expr, ObjectGraph>, e: Expr, withMethods: boolean): ObjectGraph {
    let graph = known.get(e);
    if (graph === undefined) {
      const walk: Walk = {
        ask: (question) => this.#ev.ask(null, question),
        callers: this.#callers,
        classes: new Set(),
        functions: new Set(),
        complete: true,
        withMethods,
        seen: new Map(),
        left: FIND_BOUNDS.graphValues,
      };
      visitAll(
        walk,
        walk.ask((ev) => ev.evaluate(e, null)),
        0,
      );
      graph = walk;
      known.set(e, graph);
    }
    return graph;
  }
}

function visitAll(walk: Walk, values: Values, depth: number): void {
  for (const v of values) visit(walk, v, depth);
}

function visit(walk: Walk, v: Value, depth: number): void {
  if (v.kind === "scalar" || v.kind === "regexp" || v.kind === "url" || v.kind === "response") return;
  const h = onlyHole(v);
  if (v.kind === "text" && (h === null || TEXTS.has(h.kind))) return;
  if (isKnown(walk, v)) return;
  if (depth > FIND_BOUNDS.transportSteps || --walk.left < 0) {
    walk.complete = false;
    return;
  }
  const next = (question: (ev: Evaluator) => Values) => visitAll(walk, walk.ask(question), depth + 1);
  switch (v.kind) {
    case "text":
      given(walk, v, depth);
      return;
    case "array":
      next((ev) => elementsOf(ev, [v], false));
      return;
    case "object":
      for (const name of walk.ask((ev) => memberNames(ev, v))) next((ev) => memberOf(ev, [v], name));
      return;
    case "function":
      walk.functions.add(v.func);
      calledIn(walk, v.func, newEnv(v.func, v.env, { args: null, self: v.self }, callDepth(v.env)), depth);
      return;
    case "instance":
      instance(walk, v, depth);
      return;
    case "native":
      next((ev) => elementsOf(ev, [v], false));
      // what a module makes may hand on what it is told: a bus, a stream
      walk.complete &&= !/[#()]/.test(v.path);
      return;
    default:
      walk.complete = false;
  }
}

/** Holes that no object fills. */
const TEXTS: ReadonlySet<string> = new Set(["env", "config", "flag", "argument", "time", "loop"]);

/** What the callers of a function give for a parameter. */
function given(walk: Walk, v: TextValue, depth: number): void {
  const place = parameterPlace(v);
  const sites = place === null ? [] : walk.callers.of(place.func);
  const maker = classOf(place?.func ?? null)?.constructorFunction;
  // a method of a class that nobody makes an object of
  if (sites.length === 0 && maker && walk.callers.of(maker).length === 0) return;
  if (place === null || sites.length === 0 || sites.length > FIND_BOUNDS.transportGivers) {
    walk.complete = false;
    return;
  }
  for (const { frame } of sites) {
    const values = walk.ask((ev) => {
      const all = argument(ev, frame.args ?? [], place.index);
      return place.member === null ? all : memberOfEach(ev, all, place.member);
    });
    visitAll(walk, values, depth + 1);
  }
}

function instance(walk: Walk, v: InstanceValue, depth: number): void {
  (v.args ?? []).forEach((_a, i) => {
    visitAll(
      walk,
      walk.ask((ev) => argument(ev, v.args!, i)),
      depth + 1,
    );
  });
  if (v.of.kind !== "class") {
    walk.complete = false;
    return;
  }
  for (const c of lineOf(walk, v.of.classDef)) {
    walk.classes.add(c);
    const { program } = walk.callers;
    for (const name of fieldNames(program, c)) {
      visitAll(
        walk,
        walk.ask((ev) => memberOf(ev, [v], name)),
        depth + 1,
      );
    }
    if (!walk.withMethods) continue;
    for (const m of c.methods.values()) if (m.kind !== "field") calledIn(walk, m.func, null, depth);
  }
}

/**
 * The objects whose methods a function calls, and the functions that it was made with; what a caller gives it is the
 * caller's.
 */
function calledIn(walk: Walk, f: Func, env: Env | null, depth: number): void {
  for (const { calls } of bodiesOf(walk.callers.program, f)) {
    for (const call of calls) {
      const { callee } = call;
      const of = callee.kind === "member" && !call.construct ? callee.object : callee;
      if (of.kind !== "ref" && (of.kind !== "member" || env === null)) continue;
      const values = walk.ask((ev) => ev.evaluate(call.construct ? call : of, env));
      const isOwn = ({ kind }: Value) => (kind !== "text" || env !== null) && (kind !== "native" || of !== callee);
      visitAll(walk, values.filter(isOwn), depth + 1);
    }
  }
}

/** The class and those it extends. */
function lineOf(walk: Walk, c: ClassDef): ClassDef[] {
  const line = [c];
  for (let d = c; d.parent !== null && line.length <= FIND_BOUNDS.transportSteps; ) {
    const { parent: e } = d;
    const parent = walk.ask((ev) => parentsOf(ev, e, null)).find((v) => v.kind === "class");
    if (parent?.kind !== "class") walk.complete = false;
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

function identityOf(v: Value): [place: object, closure: unknown] {
  const place = parameterPlace(v);
  if (place !== null) return [place.func, `${place.index} ${place.member ?? ""}`];
  if (v.kind === "instance") return [v.of.kind === "class" ? v.of.classDef : v.of.func, v.args ?? v.of];
  if (v.kind === "function") return [v.func, v.env ?? v.func];
  if ((v.kind === "object" || v.kind === "array") && v.node !== null) return [v.node, v.env ?? v.node];
  return [v, v];
}
