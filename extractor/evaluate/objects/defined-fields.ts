import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, soleDefinition } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { ClassDef, Func } from "../../ir/unit.ts";
import { join, joinAll, literalText, type Values } from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "./member.ts";

/** `define(this, "key", value)` in what runs when an object is made. */
export interface DefiningCall {
  func: Func;
  call: Call;
}

const found = new CacheKey<ClassDef, readonly DefiningCall[]>();

/**
 * Compilers for older runtimes make calls of field declarations. These calls may be such; whether they are is known
 * once the callee is looked at.
 *
 * `class { a = e }`   constructor() { define(this, "a", e) } or Object.defineProperty(this, "a", {value: e})
 */
export function definingCalls({ program }: Evaluator, c: ClassDef): readonly DefiningCall[] {
  return program.cache.once(found, c, () =>
    [c.constructorFunction, c.initialiser, c.staticInitialiser].flatMap((f) =>
      f === null ? [] : f.calls.filter(mayDefine).map((call) => ({ func: f, call })),
    ),
  );
}

const mayDefine = ({ arguments: a, construct }: Call): boolean => !construct && a.length >= 2 && isThis(a[0]!);

/** `this`, or the variable that holds it where a minifier wrote a helper out: `e = this, f(e, "a", 1)` */
const isThis = (e: Expr): boolean => soleDefinition(e).kind === "this";

const defined = (values: Values): Values => values.filter((v) => !(v.kind === "scalar" && v.value === undefined));

/** What such a call gives the member; nothing where it is for another one, or no such call. */
export function definedValue(ev: Evaluator, { call }: DefiningCall, key: string, inside: Env): Values {
  const [, name, value] = call.arguments;
  if (call.callee.kind === "member" && call.callee.property === "assign")
    return joinAll(call.arguments.slice(1).map((source) => defined(memberOf(ev, ev.evaluate(source, inside), key))));
  if (!ev.evaluate(name!, inside).some((v) => literalText(v) === key)) return [];
  if (call.callee.kind === "member" && call.callee.property === "defineProperty")
    return value === undefined ? [] : memberOf(ev, ev.evaluate(value, inside), "value");
  const given = ev.evaluate(call.callee, inside).flatMap((callee): Values => {
    const written = callee.kind === "function" ? writtenBy(callee.func, 0) : null;
    if (written === null) return [];
    if (value !== undefined) return ev.evaluate(value, inside);
    // a helper that is written where it is called may hold the value itself
    return call.callee.kind === "function" ? ev.evaluate(written, inside) : [];
  });
  return join(given);
}

/** What a helper writes to a member, named by its caller, of its first parameter: itself, or through another helper. */
function writtenBy(f: Func, depth: number): Expr | null {
  const target = f.paramVariables[0];
  if (!target) return null;
  const write = target.writes.find((w) => w.path.length === 0 && w.key !== null);
  if (write !== undefined) return write.expression;
  if (depth > 1) return null;
  for (const { callee, arguments: a } of f.calls) {
    if (a[0]?.kind !== "ref" || canonical(a[0].variable) !== target) continue;
    const inner = callee.kind === "function" ? callee.func : callee.kind === "ref" ? functionOf(callee) : null;
    const written = inner === null ? null : writtenBy(inner, depth + 1);
    if (written !== null) return written;
  }
  return null;
}

function functionOf({ variable: v }: Extract<Expr, { kind: "ref" }>): Func | null {
  const [only] = canonical(v).definitions;
  return only?.expression.kind === "function" ? only.expression.func : null;
}
