import { hole, literalText, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { elementsOf, itemsOf } from "../objects/array.ts";
import { memberOf } from "../objects/member.ts";

/** `Object.fromEntries([["a", 1]])`: an object with the members whose keys are known, or something unknown as well. */
export function fromEntries(ev: Evaluator, lists: Values): Values {
  const members: [string, Values][] = [];
  let known = lists.length > 0;
  for (const list of lists) {
    const pairs = list.kind === "array" ? itemsOf(ev, list).items.flat() : elementsOf(ev, [list], false);
    if (pairs.length === 0) known &&= list.kind === "array" && !list.open;
    for (const pair of pairs) {
      const value = memberOf(ev, [pair], "1");
      for (const k of memberOf(ev, [pair], "0")) {
        const key = literalText(k);
        if (key === null || key === "") known = false;
        else members.push([key, value]);
      }
    }
  }
  if (members.length === 0 && !known) return [hole("unknown", "")];
  const object = { kind: "object" as const, node: null, env: null, without: [], writers: [], computed: members };
  return known ? [object] : [object, hole("unknown", "")];
}
