import { elementsOf } from "../evaluate/array.ts";
import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberNames, memberOf } from "../evaluate/member.ts";
import type { Values } from "../evaluate/value.ts";
import type { DimensionGroup } from "../model/report.ts";
import { type Place, placeOf, samePlace } from "./bodies.ts";

/** Objects inside objects. */
const DEPTH = 5;
/** Members looked at. */
const MEMBERS = 400;

/**
 * Members of what carries an event, by the path of the object they stand in (`""` for the outermost), without those that are told
 * of the single event: its name and fields.
 * @param lists names of members that hold lists of events, whatever is in them
 */
export function dimensionsOf(
  ev: Evaluator,
  values: Values,
  own: readonly Place[],
  lists: readonly RegExp[],
): DimensionGroup[] {
  const groups = new Map<string, Set<string>>();
  const seen = new Set<object>();
  let left = MEMBERS;
  const walk = (some: Values, path: string, depth: number): boolean => {
    let inside = false;
    for (const v of some) {
      if (v.t === "native" && depth < DEPTH) {
        // what it was made from: `JSON.stringify(x)`, `Buffer.from(x)`
        const [first] = v.args;
        if (first !== undefined) inside = walk(argument(ev, v.args, 0), path, depth) || inside;
      } else if (v.t === "array") inside = walk(elementsOf(ev, [v], false), path, depth) || inside;
      if (v.t !== "object" && v.t !== "instance") continue;
      inside = true;
      const subject = v.t === "object" && v.node !== null ? v.node : v;
      if (depth > DEPTH || seen.has(subject)) continue;
      seen.add(subject);
      for (const key of memberNames(ev, v)) {
        if (--left < 0) return true;
        const members = memberOf(ev, [v], key);
        if (members.some((m) => isOwn(m, own) || (placeOf(m) !== null && lists.some((l) => l.test(key))))) continue;
        if (isCopied(v, key) || !walk(members, path === "" ? key : `${path}.${key}`, depth + 1))
          groups.set(path, (groups.get(path) ?? new Set()).add(key));
      }
    }
    return inside;
  };
  walk(values, "", 0);
  return [...groups].map(([path, fields]) => ({ path, fields: [...fields] }));
}

/** `for (const [k, v] of Object.entries(o)) record[k] = v`: which of the values a member has isn't known. */
function isCopied(v: Values[number], key: string): boolean {
  if (v.t !== "object" || v.node?.members.some((m) => m.k === "value" && m.key === key)) return false;
  const writes = v.overlays.flatMap((o) => o.v.writes.filter(({ path }) => o.at.every((k, i) => path[i] === k)));
  return writes.some((w) => w.key !== null) && !writes.some((w) => w.key === null && w.path.at(-1) === key);
}

function isOwn(v: Values[number], own: readonly Place[]): boolean {
  const place = placeOf(v);
  return place !== null && own.some((o) => samePlace(o, place));
}
