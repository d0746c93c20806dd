import { RE2JS } from "re2js";
import { endsSoon } from "../../model/patterns/pattern-cost.ts";
import {
  arrayOf,
  literalText,
  type PatternValue,
  part,
  scalar,
  string,
  type TextValue,
  UNDEFINED,
  type Values,
} from "../domain/value.ts";
import { encode } from "./encoded.ts";

/** Characters of a pattern and of a text: what is longer is no address. */
const LONGEST = { pattern: 400, text: 4096 };

/** `/^(\w+):\/\/(.+)/.exec(text)`: the match and its groups, or null. What a caller fills in is waited for. */
export function matchValues(p: PatternValue, self: TextValue): Values {
  const whole = literalText(self);
  if (whole === null) {
    const { holes } = encode(self.parts);
    return holes.some((h) => h.origin) ? [part(holes)] : [];
  }
  const groups = groupsOf(p, whole);
  if (groups === undefined) return [];
  if (groups === null) return [scalar(null)];
  return [arrayOf(groups.map((g): Values => [g === null ? UNDEFINED : string(g)]))];
}

/** Does the pattern match the text? Null where that isn't known. */
export function isMatched(p: PatternValue, v: TextValue): boolean | null {
  const whole = literalText(v);
  const groups = whole === null ? undefined : groupsOf(p, whole);
  return groups === undefined ? null : groups !== null;
}

/**
 * Null: no match. Undefined: a pattern that can't be run. One that may backtrack for long runs on an engine that
 * never does.
 */
function groupsOf({ source, flags }: PatternValue, text: string): (string | null)[] | null | undefined {
  if (source.length > LONGEST.pattern || text.length > LONGEST.text || /[gy]/.test(flags)) return undefined;
  try {
    if (endsSoon(source, text.length)) {
      const found = new RegExp(source, flags).exec(text);
      return found === null ? null : [...found].map((g) => g ?? null);
    }
    const matcher = RE2JS.compile(source, flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0).matcher(text);
    if (!matcher.find()) return null;
    return Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? null);
  } catch {
    return undefined;
  }
}
