import type { Program } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { arrayOf, hole, scalar, string, type Value } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Evaluator } from "../engine/evaluator.ts";

const read = new CacheKey<Program, Map<string, Value | null>>();

/** What a text of JSON says, as bundlers write data files: `JSON.parse('{"url": "…"}')`; null where it is none. */
export function jsonText(ev: Evaluator, json: string): Value | null {
  const { program, log } = ev;
  const known = program.cache.once(read, program, () => new Map<string, Value | null>());
  let value = known.get(json);
  if (value === undefined) {
    if (json.length > BOUNDS.jsonText)
      log.add("cut-parts", `a text of JSON of more than ${BOUNDS.jsonText} characters`);
    value = json.length > BOUNDS.jsonText ? null : parsed(ev, json);
    known.set(json, value);
  }
  return value;
}

function parsed(ev: Evaluator, json: string): Value | null {
  try {
    return valueIn(ev, JSON.parse(json), 0);
  } catch {
    return null;
  }
}

function valueIn(ev: Evaluator, data: unknown, depth: number): Value {
  if (typeof data === "string") return string(data);
  if (typeof data !== "object" || data === null) return scalar(data as number | boolean | null);
  if (depth === BOUNDS.jsonLevels) {
    ev.log.add("cut-depth", `a text of JSON of more than ${depth} levels`);
    return hole("unknown", "json");
  }
  const inside = (item: unknown): Value[] => [valueIn(ev, item, depth + 1)];
  if (Array.isArray(data)) return arrayOf(data.map(inside));
  const computed = Object.entries(data).map(([key, item]) => [key, inside(item)] as const);
  return { kind: "object", node: null, env: null, without: [], writers: [], computed };
}
