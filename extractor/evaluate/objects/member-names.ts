import type { Expr } from "../../ir/expression.ts";
import { literalText, type NativeValue, type ObjectValue, type Value, type Values } from "../domain/value.ts";
import { valuesOfArgument } from "../engine/call-frames.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import type { Look } from "../engine/look.ts";

/** No member is called so: the key under which the names of all of them are remembered. */
const NAMES = "\0names";
/** An object that spreads itself says nothing new. */
const ALL_NAMES: Look<Value, readonly string[]> = { read: namesIn, again: [] };

/**
 * Names of members as far as they are known, spreads included, in source order. Remembered with the value: an object
 * that spreads three arms, each of which spreads three, would otherwise be walked once for every path to it.
 */
export function memberNames(ev: Evaluator, v: Value): readonly string[] {
  const spreads = v.kind === "object" && v.node?.members.some(({ kind }) => kind === "spread");
  if (!spreads && !isBag(v)) return namesIn(ev, v);
  return ev.readProperty(v, (spreads && v.node) || v, NAMES, ALL_NAMES);
}

function namesIn(ev: Evaluator, v: Value): readonly string[] {
  const names = new Set<string>();
  if (v.kind === "object") addMembers(ev, v, names);
  if ("writers" in v) {
    for (const { variable, env, at } of v.writers) {
      for (const w of variable.writes) {
        if (!at.every((k, i) => w.path[i] === k)) continue;
        if (w.path.length > at.length) names.add(w.path[at.length]!);
        else if (w.key !== null) for (const k of ev.evaluate(w.key, env)) addKnown(names, k);
      }
    }
  }
  if (isBag(v)) for (const source of madeFrom(ev, v)) for (const name of memberNames(ev, source)) names.add(name);
  return [...names];
}

function addMembers(ev: Evaluator, v: ObjectValue, names: Set<string>): void {
  for (const [key] of v.computed ?? []) names.add(key);
  for (const m of v.node?.members ?? []) {
    if (m.kind === "value" || m.kind === "getter") names.add(m.key);
    else if (m.kind === "computed") for (const k of ev.evaluate(m.key, v.env)) addKnown(names, k);
    else
      for (const source of ev.evaluate(spreadWhole(m.value), v.env))
        for (const name of memberNames(ev, source)) names.add(name);
  }
  for (const name of v.without) names.delete(name);
}

/** Takes its members from what it was made with. */
const isBag = (v: Value): v is NativeValue =>
  v.kind === "native" && v.args.length > 0 && (v.path === "Headers" || v.path === "URLSearchParams");

function madeFrom(ev: Evaluator, { args: [first] }: NativeValue): Values {
  return first === undefined || "rest" in first ? [] : valuesOfArgument(ev, first);
}

/** `...x && {a}`: what a value that is seen to be missing in one place would have added in another. */
const spreadWhole = (e: Expr): Expr =>
  e.kind === "choice" && e.operator === "&&" && (e.left.kind === "member" || e.left.kind === "ref") ? e.right : e;

function addKnown(names: Set<string>, v: Value): void {
  const name = literalText(v);
  if (name !== null && name !== "") names.add(name);
}
