import type { Value, Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { memberOf } from "../../evaluate/objects/member.ts";

/**
 * The event's name: the first of these members that is a word; a sentence is for people, and the name where there is
 * no other.
 */
export function nameIn(ev: Evaluator, record: Values, paths: readonly (readonly string[])[]): Values {
  const named = paths.map((path) => path.reduce<Values>((values, key) => memberOf(ev, values, key), record));
  return named.find((values) => values.some(isWord)) ?? named.find((values) => values.length > 0) ?? [];
}

/** `tool.${name}` is one, for what ends it is open. */
const isWord = (v: Value): boolean =>
  v.kind === "text" &&
  v.parts.length > 0 &&
  v.parts.every((p, i) => typeof p !== "string" || !(i === v.parts.length - 1 ? / |[.!?]$/ : / /).test(p));
