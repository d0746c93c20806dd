import { builtinModule } from "../../ir/builtin-modules.ts";
import type { Choice, Compare, Expr, ImportedModule, Param } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { type Func, isInside } from "../../ir/unit.ts";
import { chosen, mayBeMissing } from "../domain/choice.ts";
import {
  type Argument,
  hole,
  join,
  literalText,
  NOTHING,
  native,
  onlyHole,
  scalar,
  string,
  UNDEFINED,
  type Value,
  type Values,
} from "../domain/value.ts";
import { argumentsOf, valuesOfArgument } from "../engine/call-frames.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import { type Env, envOf } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { undecided } from "../engine/open-holes.ts";
import { libraryOfClass, libraryOfLiteral } from "../libraries/library-fingerprint.ts";
import { toldArguments } from "../natives/globals.ts";
import { arrayRest, elementsOf } from "../objects/array.ts";
import { memberOf, membersAt } from "../objects/member.ts";
import { callValues } from "./call.ts";
import { concat } from "./concat.ts";
import { conditional } from "./conditional.ts";
import { superValues, thisValues } from "./this.ts";
import { variableValues } from "./variable.ts";

/** One transfer function per kind of expression. */
export function compute(ev: Evaluator, e: Expr, env: Env | null): Values {
  switch (e.kind) {
    case "literal":
      if (typeof e.value === "string") return [string(e.value)];
      return [e.constant === undefined ? scalar(e.value) : { ...scalar(e.value), constant: e.constant }];
    case "concat":
      return concat(ev, e, env);
    case "ref":
      return variableValues(ev, canonical(e.variable), env);
    case "param":
      return parameter(ev, e, env);
    case "member":
      return toldArguments(ev, e) ?? memberOf(ev, ev.evaluate(e.object, env), e.property);
    case "index":
      return membersAt(ev, ev.evaluate(e.object, env), ev.evaluate(e.index, env));
    case "call":
      return callValues(ev, e, env);
    case "object": {
      const brand = libraryOfLiteral(ev, e);
      return [brand === null ? { kind: "object", node: e, env, without: [], writers: [] } : native(brand)];
    }
    case "array":
      return [{ kind: "array", node: e, env, items: null, open: false, writers: [] }];
    case "function":
      return [{ kind: "function", func: e.func, env, self: null, bound: [], writers: [] }];
    case "class": {
      const brand = libraryOfClass(ev, e.classDef);
      return [brand === null ? { kind: "class", classDef: e.classDef, env, writers: [] } : native(brand)];
    }
    case "regexp":
      return [{ kind: "regexp", source: e.source, flags: e.flags }];
    case "choice":
      return choice(ev, e, env);
    case "conditional":
      return conditional(ev, e, env);
    case "default":
      return orDefault(ev, ev.evaluate(e.expression, env), e.fallback, env);
    case "compare":
      return compare(ev, e, env);
    case "not": {
      const t = conditionOutcome(ev, e.argument, env);
      return t === null ? [scalar(true), scalar(false)] : [scalar(!t)];
    }
    case "await":
      return ev.evaluate(e.argument, env);
    case "spread":
      return ev.evaluate(e.argument, env);
    case "this":
      return e.isSuper ? superValues(ev, e, env) : thisValues(ev, e, env);
    case "rest":
      return ev.evaluate(e.argument, env).flatMap((v): Values => {
        if (v.kind === "array") return [arrayRest(ev, v, e.from)];
        if (v.kind === "object") return [{ ...v, without: [...v.without, ...e.without] }];
        return [v];
      });
    case "element":
      return elementsOf(ev, ev.evaluate(e.argument, env), e.keys);
    case "module":
      return moduleValues(ev, e, env);
    case "unknown":
      return [hole("unknown", e.name)];
    case "unary":
      return [hole("unknown", "")];
  }
}

function parameter(ev: Evaluator, e: Param, env: Env | null): Values {
  const called = envOf(env, e.func);
  const frame = called?.args ? called : (ev.context?.frames.get(e.func) ?? null);
  const name = e.func.paramVariables[e.index]?.name ?? `argument${e.index}`;
  const bundled = ev.program.bundled.get(e.func);
  if (bundled && (e.index === bundled.exports || e.index === bundled.module)) {
    return e.index === bundled.exports ? [{ kind: "exports", module: bundled }] : [native("module")];
  }
  if (frame === null || frame.args === null)
    return invokedArgument(ev, e, env) ?? [hole("param", name, { func: e.func, index: e.index })];
  return e.rest ? argumentList(ev, frame.args.slice(e.index)) : argument(ev, frame.args, e.index);
}

/** `(function (a) {…})(x)`: a function that is called where it is written, and nowhere else. */
function invokedArgument(ev: Evaluator, { func: f, index: i, rest }: Param, env: Env | null): Values | null {
  const call = ev.program.invoked.get(f);
  if (call === undefined || ev.program.holders.has(f)) return null;
  let outside = env;
  while (outside !== null && !isInside(call.within, outside.func)) outside = outside.outer;
  const args = argumentsOf(call, outside);
  return rest ? argumentList(ev, args.slice(i)) : argument(ev, args, i);
}

/** The i-th argument, spread arrays unrolled where they are known. */
export function argument(ev: Evaluator, args: readonly Argument[], i: number): Values {
  for (let k = 0; k <= i && k < args.length; k++) {
    const a = args[k]!;
    if ("rest" in a) {
      const list = ev.evaluate(a.rest, a.env);
      return list.flatMap((v) =>
        // what a caller fills stays open for it
        v.kind === "array" ? membersAt(ev, [v], [scalar(i - k)]) : [hole("unknown", "", onlyHole(v)?.origin)],
      );
    }
    if (k === i) return "values" in a && a.values ? refilled(ev, a.values) : valuesOfArgument(ev, a);
  }
  return [UNDEFINED];
}

/** Values that were computed before the callers were assumed: parameters among them have become known since. */
function refilled(ev: Evaluator, values: Values): Values {
  const { context } = ev;
  if (context === null) return values;
  let changed = false;
  const out = values.flatMap((v): Values => {
    const origin = onlyHole(v)?.origin;
    if (
      !origin ||
      !context.frames.has(origin.func) ||
      onlyHole(v)?.name !== origin.func.paramVariables[origin.index]?.name
    )
      return [v];
    changed = true;
    return ev.evaluate(parameterOf(ev.program, origin.func, origin.index), null);
  });
  return changed ? join(out) : values;
}

const parameters = new CacheKey<Func, Param[]>();

/** One expression for each parameter, so that its value is remembered. */
export function parameterOf({ cache }: Program, f: Func, i: number): Param {
  const list = cache.once(parameters, f, () => []);
  list[i] ??= { kind: "param", func: f, index: i, rest: false };
  return list[i];
}

/** All arguments as a list: what a rest parameter holds. */
export function argumentList(ev: Evaluator, args: readonly Argument[]): Values {
  const [handedOn] = args;
  if (args.length === 1 && "rest" in handedOn!) return ev.evaluate(handedOn.rest, handedOn.env);
  const items: Values[] = [];
  let open = false;
  for (const a of args) {
    if ("rest" in a) open = true;
    else items.push(valuesOfArgument(ev, a));
  }
  return [{ kind: "array", node: null, env: null, items, open, writers: [] }];
}

function choice(ev: Evaluator, e: Choice, env: Env | null): Values {
  const right = () => ev.evaluate(e.right, env);
  const values = chosen(ev.evaluate(e.left, env), e.operator, right);
  // `(a && b) || c`: c where `a` is false, though the value of `a` is of no interest
  const hidden = e.operator !== "&&" && e.left.kind === "choice" && e.left.operator === "&&";
  return hidden && conditionOutcome(ev, e.left, env) !== true ? join(values, right()) : values;
}

function orDefault(ev: Evaluator, values: Values, fallback: Expr, env: Env | null): Values {
  const given = values.filter((v) => !(v.kind === "scalar" && v.value === undefined));
  const open = given.some((v) => mayBeMissing(v));
  if (given.length === values.length && given.length > 0 && !open) return given;
  return join(given, ev.evaluate(fallback, env));
}

function compare(ev: Evaluator, e: Compare, env: Env | null): Values {
  if (e.operator === "arithmetic") return [hole("unknown", "")];
  if (e.operator === "-") return [difference(ev.evaluate(e.left, env), ev.evaluate(e.right, env))];
  if (isOrder(e.operator)) return ordered(ev, e, e.operator, env);
  if (e.operator !== "===" && e.operator !== "!==") return [scalar(true), scalar(false)];
  const left = ev.evaluate(e.left, env);
  const right = ev.evaluate(e.right, env);
  const both = () => undecided([...left, ...right]);
  if (left.length !== 1 || right.length !== 1) {
    const a = left.map(literalText);
    const b = right.map(literalText);
    const disjoint =
      a.length > 0 && b.length > 0 && a.every((x) => x !== null && !b.includes(x)) && b.every((x) => x !== null);
    return disjoint ? [scalar(e.operator === "!==")] : both();
  }
  const [a] = left;
  const [b] = right;
  const x = constant(a!);
  const y = constant(b!);
  if (x === NO_CONSTANT || y === NO_CONSTANT) {
    const objects = (a!.kind !== "text" && y === null) || (b!.kind !== "text" && x === null);
    const definite = objects && !loose(a!) && !loose(b!);
    return definite ? [scalar(e.operator === "!==")] : both();
  }
  // `==` and `===` are one here: null and undefined must not be told apart by it
  const same = x === y || (x == null && y == null);
  return [scalar(same === (e.operator === "==="))];
}

type Order = "<" | ">" | "<=" | ">=";

const ORDERS: Record<Order, (a: number, b: number) => boolean> = {
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

const isOrder = (operator: Compare["operator"]): operator is Order => Object.hasOwn(ORDERS, operator);

/** `url.indexOf("?") > -1`: what a call yields. A counter is not followed, so nothing is said of what may be one. */
function ordered(ev: Evaluator, e: Compare, operator: Order, env: Env | null): Values {
  if (!isFixed(e.left) || !isFixed(e.right)) return [scalar(true), scalar(false)];
  const left = ev.evaluate(e.left, env);
  const right = ev.evaluate(e.right, env);
  const [a, b] = [onlyNumber(left), onlyNumber(right)];
  return a === null || b === null ? undecided([...left, ...right]) : [scalar(ORDERS[operator](a, b))];
}

function isFixed(e: Expr): boolean {
  if (e.kind !== "ref") return e.kind === "literal" || e.kind === "call";
  const [only, ...more] = canonical(e.variable).definitions;
  return more.length === 0 && only?.expression.kind === "call";
}

/** Positions in texts are computed so: `url.slice(0, -suffix.length)`. */
function difference(left: Values, right: Values): Value {
  const [a, b] = [onlyNumber(left), onlyNumber(right)];
  return a === null || b === null ? hole("unknown", "") : scalar(a - b);
}

const onlyNumber = ([v, ...more]: Values): number | null =>
  v?.kind === "scalar" && typeof v.value === "number" && more.length === 0 ? v.value : null;

const loose = (v: Value): boolean => v.kind === "native" || v.kind === "response" || v.kind === "interop";
const NO_CONSTANT = Symbol("no constant");

function constant(v: Value): unknown {
  if (v.kind === "scalar") return v.value;
  return v.kind === "text" ? (literalText(v) ?? NO_CONSTANT) : NO_CONSTANT;
}

function moduleValues(ev: Evaluator, e: ImportedModule, env: Env | null): Values {
  const out: Value[] = [];
  for (const v of ev.evaluate(e.specifier, env)) {
    const specifier = literalText(v);
    if (specifier === null) continue;
    const file = ev.program.resolve(e.unit.file, specifier);
    out.push(file ? { kind: "module", file } : native(builtinModule(specifier)));
  }
  return out.length > 0 ? out : NOTHING.concat(hole("unknown", "module"));
}
