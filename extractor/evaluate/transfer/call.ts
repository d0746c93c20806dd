import type { Call } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import {
  type Argument,
  type FunctionValue,
  hole,
  join,
  joinOf,
  literalText,
  NOTHING,
  native,
  onlyHole,
  scalar,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { KnownFrame } from "../engine/call-frames.ts";
import { callDepth, type Env, type Frame, newEnv, rememberedEnv } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { firstOpenParameter } from "../engine/open-holes.ts";
import { bundledModule, commonJsWrapper, requiredNamespace } from "../libraries/bundler-modules.ts";
import { mergedNamespaces } from "../libraries/merged-namespaces.ts";
import { isMergingHelper } from "../libraries/merged-objects.ts";
import { restOfObject } from "../libraries/rest-of-object.ts";
import { wrappedMember } from "../libraries/split-library.ts";
import { memberOf, wholeExports } from "../objects/member.ts";
import { moduleMember } from "../objects/module-member.ts";
import { argument } from "./compute.ts";
import { defaultFirst } from "./default-first.ts";

/** What a call yields: the function's results with its parameters bound, or what the runtime is known to give. */
export function callValues(ev: Evaluator, e: Call, env: Env | null): Values {
  const flag = ev.options.flagRead(e);
  return flag === null ? valuesOfCall(ev, e, env) : flagValues(ev, e, env, flag);
}

/**
 * A remote flag is what a server sets, what the call says to take where none does, or what the reader itself spells
 * out.
 */
function flagValues(ev: Evaluator, e: Call, env: Env | null, flag: string): Values {
  const [, fallback] = e.arguments;
  const given = fallback === undefined || fallback.kind === "spread" ? NOTHING : ev.evaluate(fallback, env);
  return join([hole("flag", flag)], given, valuesOfCall(ev, e, env).filter(isSpelledOut));
}

const isSpelledOut = (v: Value): boolean =>
  v.kind === "object" ||
  v.kind === "array" ||
  (v.kind === "text" && v.parts.some((piece) => typeof piece === "string"));

function valuesOfCall(ev: Evaluator, e: Call, env: Env | null): Values {
  const objects = e.callee.kind === "member" ? ev.evaluate(e.callee.object, env) : NOTHING;
  return valuesGiven(ev, e, { objects, args: ev.frames.argumentsOf(e, env) }, env);
}

/** What a call yields for these arguments, and for these objects where it is one of a method. */
export function valuesGiven(
  ev: Evaluator,
  e: Call,
  { objects: of, args }: { objects: Values; args: readonly Argument[] },
  env: Env | null,
): Values {
  if (e.construct) return joinOf(ev.evaluate(e.callee, env), (f) => construct(ev, f, args));
  if (e.callee.kind === "member") return methodValues(ev, { objects: of, name: e.callee.property }, args, env);
  if (e.callee.kind === "index") {
    const objects = ev.evaluate(e.callee.object, env);
    const keys = ev.evaluate(e.callee.index, env);
    return join(
      ...keys.map((k) => {
        const key = literalText(k);
        return key !== null
          ? methodValues(ev, { objects, name: key }, args, env)
          : join(...ev.evaluate(e.callee, env).map((f) => apply(ev, f, { args, self: objects }, env)));
      }),
    );
  }
  return joinOf(ev.evaluate(e.callee, env), (f) => apply(ev, f, { args, self: null }, env));
}

/** `objects` are all that the method may be called on. */
export function methodValues(
  ev: Evaluator,
  { objects, name }: { objects: Values; name: string },
  args: readonly Argument[],
  env: Env | null,
): Values {
  const values = joinOf(objects, (of) => {
    const special = ev.natives.method(ev, { of, name }, args, env);
    if (special !== null) return special;
    const self = [of];
    return joinOf(memberOf(ev, self, name), (f) => apply(ev, f, { args, self }, env));
  });
  return objects.length > 1 && name === "get" ? withoutUnknownEntry(values) : values;
}

/** Of several maps that a field may hold, one has the entry. */
function withoutUnknownEntry(values: Values): Values {
  const found = values.filter((v) => onlyHole(v)?.name !== "entry");
  return found.length > 0 ? found : values;
}

/** Calls one value; `self` is what it was reached through. */
export function apply(ev: Evaluator, f: Value, { args, self }: KnownFrame, env: Env | null): Values {
  switch (f.kind) {
    case "function":
      return callFunction(ev, f, { args, self: f.self ?? self }, callDepth(env) + 1);
    case "class":
      // classes compiled to functions may be called without `new`
      return construct(ev, f, args);
    case "native":
      return ev.natives.call(ev, f, args, env);
    case "interop":
      // a bundler's `require_x`, or webpack's getter of a default export
      return f.of;
    case "exports":
      return join(...wholeExports(ev, f.module).map((v) => apply(ev, v, { args, self }, env)));
    case "module":
      return join(...moduleMember(ev, f.file, "default").map((v) => apply(ev, v, { args, self }, env)));
    case "response":
      return [f];
    case "text": {
      const h = onlyHole(f);
      return h ? [{ kind: "text", parts: [h] }] : [];
    }
    default:
      return [];
  }
}

/** What a function gives for its arguments and `this`; `depth` counts the calls on the way here. */
export function callFunction(ev: Evaluator, fn: FunctionValue, { args, self }: KnownFrame, depth: number): Values {
  const { func: f } = fn;
  const all = fn.bound.length > 0 ? [...fn.bound, ...args] : args;
  const level = Math.max(depth, callDepth(fn.env));
  if (level > BOUNDS.calls) {
    ev.log.add("cut-depth", `more than ${BOUNDS.calls} calls inside each other`);
    return [hole("loop", f.name)];
  }
  const wrapped = commonJsWrapper(ev, fn, all) ?? wrappedMember(ev, f, all);
  if (wrapped !== null) return wrapped;
  if (f.interop && f.params > 0 && all[0] !== undefined) return [{ kind: "interop", of: adapted(ev, f, all, self) }];
  if (all.length > 1 && isMergingHelper(ev.program, f)) return ev.natives.call(ev, native("Object.assign"), all, null);
  const merged = mergedNamespaces(ev, fn, all) ?? requiredNamespace(ev, fn, all) ?? restOfObject(ev, f, all);
  if (merged !== null) return merged;
  const module = bundledModule(ev, fn, all);
  if (module !== null) return module;
  return ev.guardRecursion(
    f,
    () => summaryOf(ev, fn) ?? returnsOf(ev, f, ev.frames.enter(f, fn.env, { args: all, self }, level)),
    [hole("loop", f.name)],
  );
}

/** The module that such a helper is given; webpack's `require.t(id, 23)` may load it first. */
function adapted(ev: Evaluator, f: Func, args: readonly Argument[], self: Values | null): Values {
  const given = argument(ev, args, 0);
  const isLoaded = !f.usesThis || self === null || given.some((v) => v.kind !== "scalar" && v.kind !== "text");
  return isLoaded
    ? given
    : join(...self.map((require) => apply(ev, require, { args: args.slice(0, 1), self: null }, null)));
}

/**
 * What a function returns whoever calls it; null where that depends on the call. Found once, it serves all calls:
 * without this, calls inside calls would be worked through again on every path to them.
 */
function summaryOf(ev: Evaluator, { func: f, env }: FunctionValue): Values | null {
  if (f.usesThis) return null;
  if (f.params === 0) return returnsOf(ev, f, env !== null && fillsItsResult(f) ? insideOf(ev, env, f) : env);
  if (f.returns.length !== 1 || f.generator) return null;
  const values = returnsOf(ev, f, env);
  if (values.length !== 1) return null;
  const [only] = values;
  if (only!.kind !== "text" && only!.kind !== "scalar") return null;
  return firstOpenParameter(values) !== undefined || onlyHole(only!) !== null ? null : values;
}

/** `const o = {}; o[name] = …; return o` */
const fillsItsResult = ({ variables, returns }: Func): boolean =>
  variables.some(
    (v) => v.writes.length > 0 && returns.some(({ expression: e }) => e.kind === "ref" && e.variable === v),
  );

const NOTHING_GIVEN: Frame = { args: [], self: null };

/**
 * All calls of a function without parameters, made in one place, are one call: what it fills leads on to the names
 * around it.
 */
const insideOf = ({ program }: Evaluator, outer: Env, f: Func): Env =>
  rememberedEnv(program, outer, newEnv(f, outer, NOTHING_GIVEN, outer.depth));

/** The join of what a function returns where it is alive. */
function returnsOf(ev: Evaluator, f: Func, inside: Env | null): Values {
  if (f.returns.length === 0) return [scalar(undefined)];
  const [only] = f.returns;
  const values =
    f.returns.length === 1
      ? returned(ev, only!, inside)
      : defaultFirst(
          ev,
          f.returns.map((r) => ({ values: returned(ev, r, inside), guard: r.guard })),
          inside,
        );
  return f.generator ? [{ kind: "array", node: null, env: null, items: [values], open: true, writers: [] }] : values;
}

const returned = (ev: Evaluator, { expression: e, guard }: Func["returns"][number], inside: Env | null): Values =>
  guard === null || ev.isReachable(guard, inside) ? ev.evaluate(e, inside) : NOTHING;

export function construct(ev: Evaluator, of: Value, args: readonly Argument[]): Values {
  switch (of.kind) {
    case "class":
      return [ev.frames.instance(of, args)];
    case "function": {
      const inside = ev.frames.enter(of.func, of.env, { args, self: null }, callDepth(of.env) + 1);
      const made = ev.guardRecursion(of.func, () => returnsOf(ev, of.func, inside), []);
      const objects = made.filter((v) => v.kind === "object" || v.kind === "class" || v.kind === "instance");
      return objects.length > 0 ? objects : [{ kind: "instance", of, args, writers: [] }];
    }
    case "native":
      return ev.natives.call(ev, { ...of, path: `new ${of.path}` }, args, null);
    case "interop":
      return join(...of.of.map((v) => construct(ev, v, args)));
    case "exports":
      return join(...wholeExports(ev, of.module).map((v) => construct(ev, v, args)));
    case "module":
      return join(...moduleMember(ev, of.file, "default").map((v) => construct(ev, v, args)));
    case "text":
      return [hole("unknown", "")];
    default:
      return [];
  }
}
