import type { This } from "../../ir/expression.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { classOf, type Func } from "../../ir/unit.ts";
import { hole, native, type ObjectValue, type Value, type Values } from "../domain/value.ts";
import { type Env, envOf } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { assumedObject } from "../objects/remade-objects.ts";
import { parentsOf } from "../objects/superclass.ts";

/**
 * What `this` is in a method, whoever calls it: the same object each time, so that what is seen in it is remembered.
 */
const assumedInstances = new CacheKey<Func, Values>();

export function thisValues(ev: Evaluator, e: This, env: Env | null): Values {
  if (e.func === null) return [native("globalThis")];
  const called = envOf(env, e.func);
  if (called?.self) return called.self;
  const assumed = ev.context?.frames.get(e.func);
  if (assumed?.receiver) {
    const self = ev.evaluate(assumed.receiver, null).filter((v) => v.kind !== "text" && v.kind !== "scalar");
    // `super.m()` is called on the instance itself
    if (self.length > 0) return self.map((v) => (v.kind === "instance" ? (v.asSuper?.self ?? v) : v));
  }
  const { owner } = e.func;
  if (owner === null) {
    // a function that writes members of `this` is a class of the old kind
    return e.func.thisWrites.length > 0
      ? [
          {
            kind: "instance",
            of: { kind: "function", func: e.func, env: null, self: null, bound: [], writers: [] },
            args: null,
            writers: [],
          },
        ]
      : [hole("param", "this", { func: e.func, index: -1 })];
  }
  if ("kind" in owner) {
    const literal: ObjectValue = {
      kind: "object",
      node: owner,
      env: envOf(env, e.func.outer),
      without: [],
      writers: [],
    };
    return assumedObject(ev.program, e.func, owner, literal);
  }
  const of: Value = { kind: "class", classDef: owner, env: envOf(env, e.func.outer), writers: [] };
  if (e.func.static) return [of];
  const { func } = e;
  const made = (): Values => [{ kind: "instance", of, args: null, writers: [], assumed: func }];
  return of.env === null ? ev.program.cache.once(assumedInstances, func, made) : made();
}

/** `super` in a method: instances whose members are looked up above the method's class; in a static one, its parent. */
export function superValues(ev: Evaluator, e: This, env: Env | null): Values {
  const owner = classOf(e.func);
  const values = thisValues(ev, e, env);
  if (owner === null) return values;
  return values.flatMap((v): Values => {
    if (v.kind === "instance") return [{ ...v, asSuper: { classDef: owner, self: v } }];
    return v.kind === "class" && owner.parent !== null ? parentsOf(ev, owner.parent, v.env) : [v];
  });
}
