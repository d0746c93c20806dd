import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, soleFunction } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Definition, Func, Variable } from "../../ir/unit.ts";
import { truth } from "../domain/choice.ts";
import { hole, NOTHING, native, type PropertyWrites, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { callDepth, type Env, envOf } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { libraryOfVariable } from "../libraries/library-fingerprint.ts";
import { globalValue, isGlobalObject } from "../natives/globals.ts";
import { mutatedUrl } from "../natives/url.ts";
import { wholeExports } from "../objects/member.ts";
import { withWrites } from "../objects/with-writes.ts";
import { defaultFirst } from "./default-first.ts";
import { isSelfReferential, repeated, valuesInOrder } from "./self-referential.ts";

/**
 * The join of all definitions of a variable, with what is written to its members laid over; `here`: where it is
 * declared.
 */
export function variableValues(ev: Evaluator, v: Variable, here: Env | null): Values {
  const brand = libraryOfVariable(ev, v);
  if (brand !== null) return [native(brand)];
  if (!v.declared && v.definitions.length === 0)
    return isGlobalObject(v) && v.writes.length > 0
      ? withWrites(ev, [globalValue(v)], { variable: v, env: null, at: [] })
      : [globalValue(v)];
  if (isFilledByKeys(ev, v)) return [hole("unknown", v.name)];
  const values = isSelfReferential(ev, v) ? valuesInOrder(ev, v, here) : anyOf(ev, v, here);
  const given = writesOfCalled(ev, v, here);
  const known = given.reduce((all, writes) => withWrites(ev, all, writes), values);
  if (v.writes.length === 0 && v.mutations.length === 0 && !isWeakMap(values)) return known;
  const overlay: PropertyWrites = { variable: v, env: here, at: [] };
  if (values.length === 0 && v.writes.length > 0) {
    return [{ kind: "object", node: null, env: here, without: [], writers: [overlay] }];
  }
  return known.flatMap((value) => withVariableWrites(ev, value, overlay));
}

/** `const o = {}; setUp(o)`: what a function writes to an object that it is given. */
function writesOfCalled(ev: Evaluator, v: Variable, here: Env | null): PropertyWrites[] {
  if (v.passedTo.length === 0 || !v.definitions.some(({ expression: e }) => e.kind === "object")) return [];
  return v.passedTo.slice(0, BOUNDS.writers).flatMap(({ call, index }): PropertyWrites[] => {
    const by = call.construct ? null : soleFunction(call.callee);
    const parameter = by?.paramVariables[index];
    if (by === null || !parameter || canonical(parameter).writes.length === 0) return [];
    const frame = { args: ev.frames.argumentsOf(call, here), self: null };
    const env = ev.frames.enter(by, envOf(here, by.outer), frame, callDepth(here) + 1);
    return [{ variable: canonical(parameter), env, at: [] }];
  });
}

/** What it holds is put in through its aliases: one of its names tells of all. */
const isWeakMap = ([only]: Values): boolean => only?.kind === "native" && only.path === "WeakMap";

function anyOf(ev: Evaluator, v: Variable, here: Env | null): Values {
  if (v.definitions.length === 1) return defined(ev, v.definitions[0]!, here);
  return defaultFirst(
    ev,
    v.definitions
      .filter((d) => !isReplaced(v, d) && !isForOthers(ev, v, d, here))
      .map((d) => ({ values: defined(ev, d, here), guard: d.guard })),
    here,
  );
}

/** `if (options) options = {…}`: none of the values that the variable had before is one that it is for. */
function isForOthers(ev: Evaluator, v: Variable, d: Definition, here: Env | null): boolean {
  for (let g = d.guard; g !== null; g = g.outer) {
    const { is } = g;
    if (g.test.kind !== "ref" || canonical(g.test.variable) !== v) continue;
    const before = v.definitions.slice(0, v.definitions.indexOf(d)).filter(({ guard }) => guard === null);
    const values = before.flatMap(({ expression: e }) => ev.evaluate(e, here));
    if (values.length > 0 && values.every((value) => truth([value]) === !is)) return true;
  }
  return false;
}

/** `function f() { f = made(…); return f.apply(this, arguments); }`: it puts another in its place and calls that. */
function isReplaced(v: Variable, { expression: e }: Definition): boolean {
  if (e.kind !== "function" || !v.definitions.some(({ within }) => within === e.func)) return false;
  const isOwn = (x: Expr): boolean => x.kind === "ref" && canonical(x.variable) === v;
  return (
    e.func.returns.length > 0 &&
    e.func.returns.every(({ expression: r }) => {
      if (r.kind !== "call") return false;
      return isOwn(r.callee) || (r.callee.kind === "member" && isOwn(r.callee.object));
    })
  );
}

function defined(ev: Evaluator, d: Definition, here: Env | null): Values {
  if (d.guard !== null && !ev.isReachable(d.guard, here)) return NOTHING;
  const values = ev.evaluate(d.expression, here);
  return d.loop && d.expression.kind === "concat" ? values.map(repeated) : values;
}

function withVariableWrites(ev: Evaluator, value: Value, overlay: PropertyWrites): Values {
  if (value.kind === "url") return mutatedUrl(ev, value, overlay);
  // `const f = require("./f"); f.more = …`
  if (value.kind === "exports") {
    const whole = wholeExports(ev, value.module).filter((v) => v.kind !== "exports");
    return [value, ...whole.flatMap((v) => withVariableWrites(ev, v, overlay))];
  }
  return withWrites(ev, [value], overlay);
}

const filled = new CacheKey<Variable, boolean>();

/**
 * `const to = {}; put(to, ["url", "name"], value)`: an empty object for a function that writes to members it is told
 * the names of.
 */
function isFilledByKeys(ev: Evaluator, v: Variable): boolean {
  const [made, ...others] = v.definitions;
  if (
    v.passedTo.length === 0 ||
    made?.expression.kind !== "object" ||
    made.expression.members.length > 0 ||
    others.length > 0
  )
    return false;
  return ev.program.cache.once(
    filled,
    v,
    () => v.writes.length === 0 && v.passedTo.some(({ call, index }) => writesByKey(ev, call, index)),
  );
}

function writesByKey(ev: Evaluator, { callee: f }: Call, index: number): boolean {
  return calledBy(ev, f).some(({ paramVariables }) => {
    const parameter = paramVariables[index];
    if (!parameter) return false;
    const names = [parameter, ...(ev.program.heldBy.get(canonical(parameter)) ?? [])];
    return names.some(({ writes }) => writes.some(({ key }) => key !== null));
  });
}

/** A function of this file, or of a module that a bundler keeps in a variable. */
function calledBy(ev: Evaluator, e: Expr): Func[] {
  if (e.kind === "ref")
    return canonical(e.variable).definitions.flatMap((d) =>
      d.expression.kind === "function" ? [d.expression.func] : [],
    );
  if (
    e.kind !== "member" ||
    e.object.kind !== "ref" ||
    !canonical(e.object.variable).definitions.some((d) => isRequired(d.expression))
  )
    return [];
  return ev.evaluate(e, null).flatMap((v) => (v.kind === "function" ? [v.func] : []));
}

/** `require(358)` */
const isRequired = (e: Expr): boolean =>
  e.kind === "module" || (e.kind === "call" && e.arguments.length === 1 && e.arguments[0]!.kind === "literal");
