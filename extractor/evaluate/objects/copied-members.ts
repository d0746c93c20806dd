import type { Expr } from "../../ir/expression.ts";
import { canonical, soleDefinition } from "../../ir/program.ts";

/**
 * The object whose members are copied one by one, null for other writes:
 * `for (const k in o) to[k] = o[k]`, `for (const [k, v] of Object.entries(o)) to[k] = v`
 */
export function copiedFrom(key: Expr, e: Expr): Expr | null {
  if (e.kind === "index" && isSame(e.index, key)) return e.object;
  const name = itemAt(key, 0);
  const value = itemAt(e, 1);
  return name !== null && value !== null && isSame(name, value) ? ofEntries(name) : null;
}

/** `pair[0]`, or a variable that is nothing else: the pair. */
function itemAt(e: Expr, place: number): Expr | null {
  const given = soleDefinition(e);
  return given.kind === "index" && given.index.kind === "literal" && given.index.value === place ? given.object : null;
}

/** The object of `Object.entries(o)` where a pair is one of those: in a loop, or as the parameter of a callback. */
function ofEntries(pair: Expr): Expr | null {
  const given = soleDefinition(pair);
  let list = given.kind === "element" ? given.argument : null;
  if (given.kind === "param" && given.index === 0) {
    const [use] = given.func.passedTo;
    list = use?.index === 0 && use.call.callee.kind === "member" ? use.call.callee.object : null;
  }
  const call = list === null ? null : soleDefinition(list);
  if (call?.kind !== "call" || call.callee.kind !== "member" || call.callee.property !== "entries") return null;
  const { object } = call.callee;
  return object.kind === "ref" && canonical(object.variable).name === "Object" ? (call.arguments[0] ?? null) : null;
}

const isSame = (a: Expr, b: Expr): boolean =>
  a === b || (a.kind === "ref" && b.kind === "ref" && canonical(a.variable) === canonical(b.variable));
