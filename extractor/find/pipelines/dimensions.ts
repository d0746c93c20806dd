import type { Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import type { DimensionGroup } from "../../model/report.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { type ParameterPlace, parameterPlace, sameParameter } from "../calls/parameter-place.ts";
import { madeFrom } from "../sinks/body.ts";
import { eventFields } from "../telemetry/event-fields.ts";

/** What of an object is told of the single event. */
export interface OwnParts {
  places: readonly ParameterPlace[];
  /** Names of members that hold lists of events, whatever is in them. */
  lists: readonly RegExp[];
  /**
   * Of an object with such members, the dotted paths of the event's name and fields; null where it is no event of a
   * known service.
   */
  pathsIn: (members: readonly string[]) => readonly string[] | null;
}

/**
 * Members of what carries an event, by the path of the object they stand in (`""` for the outermost), without those
 * that are told of the single event: its name and fields.
 */
export function dimensionsOf(ev: Evaluator, values: Values, { places, lists, pathsIn }: OwnParts): DimensionGroup[] {
  const groups = new Map<string, Set<string>>();
  const seen = new Set<object>();
  let left = FIND_BOUNDS.dimensionMembers;
  /**
   * @param own paths of the event's parts from here on; null inside of such a part, where only documents with an
   * event of their own count
   */
  const walk = (some: Values, path: string, depth: number, own: readonly string[] | null): boolean => {
    let inside = false;
    for (const v of some) {
      if ((v.kind === "native" || v.kind === "text") && depth < FIND_BOUNDS.dimensionDepth) {
        inside = walk(madeFrom(ev, v), path, depth + 1, own) || inside;
      } else if (v.kind === "array") {
        const keys = eventFields(ev, v);
        if (keys.length > 0 && own !== null) groups.set(path, new Set([...(groups.get(path) ?? []), ...keys]));
        inside = walk(keys.length > 0 ? [] : elementsOf(ev, [v], false), path, depth, own) || keys.length > 0 || inside;
      }
      if (v.kind !== "object" && v.kind !== "instance") continue;
      inside = true;
      const subject = v.kind === "object" && v.node !== null ? v.node : v;
      if (depth > FIND_BOUNDS.dimensionDepth || seen.has(subject)) continue;
      seen.add(subject);
      const names = memberNames(ev, v);
      const parts = pathsIn(names) ?? own;
      for (const key of names) {
        if (--left < 0) return true;
        const members = memberOf(ev, [v], key);
        const below = path === "" ? key : `${path}.${key}`;
        const inner = parts?.includes(key) ? null : (parts?.flatMap((p) => after(key, p)) ?? null);
        if (inner === null) walk(members, below, depth + 1, null);
        else if (
          members.some((m) => isOwn(m, places) || (parameterPlace(m) !== null && lists.some((l) => l.test(key))))
        )
          continue;
        else if (isCopied(v, key) || !walk(members, below, depth + 1, inner))
          groups.set(path, (groups.get(path) ?? new Set()).add(key));
      }
    }
    return inside;
  };
  walk(values, "", 0, []);
  return [...groups].map(([path, fields]) => ({ path, fields: [...fields] }));
}

/** `data.name` after `data` is `name`. */
const after = (key: string, path: string): string[] => (path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : []);

/** `for (const [k, v] of Object.entries(o)) record[k] = v`: which of the values a member has isn't known. */
function isCopied(v: Values[number], key: string): boolean {
  if (v.kind !== "object" || v.node?.members.some((m) => m.kind === "value" && m.key === key)) return false;
  const writes = v.writers.flatMap((o) => o.variable.writes.filter(({ path }) => o.at.every((k, i) => path[i] === k)));
  return writes.some((w) => w.key !== null) && !writes.some((w) => w.key === null && w.path.at(-1) === key);
}

function isOwn(v: Values[number], own: readonly ParameterPlace[]): boolean {
  const place = parameterPlace(v);
  return place !== null && own.some((o) => sameParameter(o, place));
}
