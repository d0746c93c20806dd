import type { Expr } from "../../ir/expression.ts";
import { classOf, isConstructor } from "../../ir/unit.ts";
import type { Value, Values } from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { wholeExports } from "./member.ts";

/** What a class extends: of a CommonJS module, what that exports as a whole. */
export function parentsOf(ev: Evaluator, parent: Expr, env: Env | null): Values {
  const values = ev.evaluate(parent, env);
  return (values.some(isModule) ? values.flatMap((v) => whole(ev, v)) : values).map(asClass);
}

/** A function that is used as a class. */
function asClass(v: Value): Value {
  const c = v.kind === "function" && isConstructor(v.func) ? classOf(v.func) : null;
  return v.kind === "function" && c !== null ? { kind: "class", classDef: c, env: v.env, writers: [] } : v;
}

const isModule = (v: Value): boolean => v.kind === "exports" || v.kind === "interop";

function whole(ev: Evaluator, v: Value): Values {
  if (v.kind === "interop") return v.of.flatMap((o) => whole(ev, o));
  return v.kind === "exports" ? wholeExports(ev, v.module) : [v];
}
