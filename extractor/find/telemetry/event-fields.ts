import { literalText, type Value } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";

/** Names of the fields that a value holds: members of an object, or the keys in a list of keys and values. */
export function eventFields(ev: Evaluator, v: Value): readonly string[] {
  if (v.kind !== "array") return memberNames(ev, v);
  return elementsOf(ev, [v], false).flatMap((entry) => keysIn(ev, entry));
}

const VALUE = /^(\w+_?)?values?$/i;

/**
 * `{ key: "user_id", value: id }`; `{ own_key: 112, value: id }` by the constant that the number stands for, as in
 * `Keys.USER_ID`.
 */
function keysIn(ev: Evaluator, entry: Value): string[] {
  if (entry.kind !== "object") return [];
  const names = memberNames(ev, entry);
  const [key, ...others] = names.filter((name) => !VALUE.test(name));
  if (key === undefined || others.length > 0 || names.length !== 2) return [];
  const written = entry.node?.members.find((m) => m.kind === "value" && m.key === key);
  const member = written?.kind === "value" && written.value.kind === "member" ? written.value.property : null;
  return memberOf(ev, [entry], key).flatMap((v) => {
    if (v.kind !== "scalar" || typeof v.value !== "number") return literalText(v) ?? [];
    return v.constant ?? member ?? String(v.value);
  });
}
