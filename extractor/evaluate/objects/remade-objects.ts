import type { Expr, ObjectExpr } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func } from "../../ir/unit.ts";
import { hole, type ObjectValue, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "./member.ts";
import { RECEIVER } from "./receiver.ts";

/** The object that a method is called on, where nobody says which: the same each time. */
const assumedObjects = new CacheKey<Func, Values>();
const remade = new CacheKey<ObjectExpr, ReadonlySet<string>>();

/**
 * What `this` is in a method of an object literal. A method may be called on a copy that another one made:
 *
 * `url(more) { return { ...this, base: this.base + more }; }`
 */
export function assumedObject({ cache }: Program, f: Func, owner: ObjectExpr, value: ObjectValue): Values {
  if (value.env !== null || membersMadeAnew(cache, owner).size === 0) return [value];
  return cache.once(assumedObjects, f, () => [{ ...value, assumed: f }]);
}

/**
 * What the object that a method is called on holds under that key; null where it is what the literal says.
 * @returns a hole for a caller to fill where none is assumed
 */
export function ofReceiver(ev: Evaluator, { node, assumed }: ObjectValue, key: string): Values | null {
  if (assumed === undefined || node === null || !membersMadeAnew(ev.program.cache, node).has(key)) return null;
  const receiver = ev.context?.frames.get(assumed)?.receiver;
  const given = receiver === undefined ? [] : ev.evaluate(receiver, null).filter((v) => v.kind === "object");
  if (given.length > 0) return memberOf(ev, given, key);
  return [hole("param", key, { func: assumed, index: RECEIVER })];
}

const membersMadeAnew = (cache: Program["cache"], node: ObjectExpr): ReadonlySet<string> =>
  cache.once(remade, node, () => {
    const returns = node.members.flatMap((m) =>
      m.kind === "value" && m.value.kind === "function" ? m.value.func.returns : [],
    );
    return new Set(returns.flatMap(({ expression }) => keysBesideThis(expression)));
  });

/** The members of `{ ...this, a, b }`, compiled for old runtimes: `assign(assign({}, this), { a, b })`. */
function keysBesideThis(e: Expr): string[] {
  if (e.kind === "conditional") return [...keysBesideThis(e.consequent), ...keysBesideThis(e.alternate)];
  const parts = partsOfCopy(e);
  if (!parts.some((part) => part.kind === "this")) return [];
  return parts.flatMap((part) =>
    part.kind === "object" ? part.members.flatMap((m) => (m.kind === "value" ? [m.key] : [])) : [],
  );
}

function partsOfCopy(e: Expr): Expr[] {
  if (e.kind === "object") return [e, ...e.members.flatMap((m) => (m.kind === "spread" ? [m.value] : []))];
  if (e.kind !== "call" || e.construct || e.arguments.length < 2) return [];
  const [target, ...sources] = e.arguments;
  const begun = target!.kind === "object" && target!.members.length === 0 ? [] : partsOfCopy(target!);
  return target!.kind === "object" || begun.length > 0 ? [...begun, ...sources] : [];
}
