import { literalText, type Value } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import type { Expr } from "../../ir/expression.ts";

/** Names of the fields that a value holds: members of an object, or the keys in a list of keys and values. */
export function eventFields(ev: Evaluator, v: Value): readonly string[] {
  if (v.kind !== "array") return memberNames(ev, v);
  return elementsOf(ev, [v], false).flatMap((entry) => keysIn(ev, entry));
}

const VALUE = /^(\w+_?)?values?$/i;

/** `{ key: "user_id", value: id }`, and `{ own_key: 112, value: id }` by the constant that the number stands for. */
function keysIn(ev: Evaluator, entry: Value): string[] {
  if (entry.kind !== "object") return [];
  const names = memberNames(ev, entry);
  const [key, ...others] = names.filter((name) => !VALUE.test(name));
  if (key === undefined || others.length > 0 || names.length !== 2) return [];
  const written = entry.node?.members.find((m) => m.kind === "value" && m.key === key);
  const constant = written?.kind === "value" ? constantOf(written.value) : null;
  return memberOf(ev, [entry], key).flatMap((v) => {
    if (v.kind !== "scalar" || typeof v.value !== "number") return literalText(v) ?? [];
    return constant ?? String(v.value);
  });
}

/** `Keys.USER_ID`, or what a bundler noted of it. */
const constantOf = (e: Expr): string | null =>
  e.kind === "literal" ? (e.constant ?? null) : e.kind === "member" ? e.property : null;
