import { constants } from "node:http2";
import { ITERATOR } from "../../ir/class-members.ts";
import type { Member } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { startsOf } from "../../ir/started-files.ts";
import type { Variable } from "../../ir/unit.ts";
import {
  arrayOf,
  hole,
  join,
  joinAll,
  type NativeValue,
  native,
  scalar,
  string,
  type Value,
  type Values,
} from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { itemsOf } from "../objects/array.ts";
import { memberOf } from "../objects/member.ts";
import { argument } from "../transfer/compute.ts";
import { isProxy, proxyMember } from "./proxy.ts";

/** Names of the global object itself. */
const SELVES = new Set(["globalThis", "global", "window", "self"]);

export const isGlobalObject = ({ name }: Variable): boolean => SELVES.has(name);

/** A name that no file declares: the runtime's, or nobody's. */
export function globalValue(v: Variable): Value {
  if (SELVES.has(v.name)) return native("globalThis");
  if (v.name === "NaN" || v.name === "Infinity")
    return scalar(v.name === "NaN" ? Number.NaN : Number.POSITIVE_INFINITY);
  return native(v.name);
}

/** Members of the runtime whose value is a fact about the run, or the same in every run: `http2.constants`. */
const FACTS: Record<string, Value> = {
  "process.platform": hole("unknown", "platform"),
  "process.arch": hole("unknown", "arch"),
  "process.version": hole("unknown", "nodeVersion"),
  "process.pid": hole("unknown", "pid"),
  "process.argv": hole("argument", "argument"),
  "process.execPath": native("process.execPath"),
  "Symbol.iterator": string(ITERATOR),
  "Symbol.asyncIterator": string(ITERATOR),
  ...Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [
      `node:http2#constants.${name}`,
      typeof value === "string" ? string(value) : scalar(value),
    ]),
  ),
};

/** Modules that bring along what the Web has a name for use that name. */
const WEB_CLASS = /^[^#]+#(?=(?:URL|URLSearchParams|Headers|Request)$)/;

/** Instances that answer for the options they were made with. */
const HOLDS_OPTIONS = new Set(["defaults"]);

/** `path.key` of something native: `process.env.X` is an environment hole, `https.request` a path into the module. */
export function nativeMember(ev: Evaluator, v: NativeValue, key: string): Values {
  if (v.path === "globalThis") return [key === "globalThis" || SELVES.has(key) ? v : native(key)];
  if (
    v.path === "process.env" ||
    v.path === "Bun.env" ||
    v.path === "import.meta.env" ||
    v.path === "node:process#env"
  ) {
    return [hole("env", key)];
  }
  if (isProxy(v)) return proxyMember(ev, v, key);
  if (v.path === "options" && v.args.length > 0) return optionOf(ev, v, key);
  // a default import of a module with one export, and the module itself, offer the same members
  const path = v.path.endsWith("#") ? `${v.path}${key}` : `${v.path}.${key}`;
  const named = path
    .replace(/#default\.(?=.)/, "#")
    .replace(/#default$/, "#")
    .replace(/#promises\./, "#")
    .replace(WEB_CLASS, "");
  if (HOLDS_OPTIONS.has(key) && v.args.length > 0 && ev.options.makes(named) === undefined)
    return [{ ...v, path: "options" }];
  const fact = Object.hasOwn(FACTS, named.replace(/^node:process#/, "process."))
    ? FACTS[named.replace(/^node:process#/, "process.")]
    : undefined;
  const of = v.writers.length > 0 ? v : v.of;
  return [fact ?? { ...native(named, v.args), ...(of === undefined ? {} : { of }) }];
}

/** A member of the options that an instance was made with. */
function optionOf(ev: Evaluator, v: NativeValue, key: string): Values {
  const [first] = v.args;
  return first === undefined ? [] : join(memberOf(ev, argument(ev, v.args, 0), key));
}

/**
 * `process.argv` of a file that the program itself runs: what it is told there; null for any other.
 *
 * `spawn(process.execPath, [childPath, JSON.stringify(data)])`   child.js: `JSON.parse(process.argv[2])`
 */
export function toldArguments(ev: Evaluator, { unit, object: o }: Member): Values | null {
  if (unit === undefined || o.kind !== "ref" || canonical(o.variable).name !== "process") return null;
  const found = startsOf(ev.program, unit);
  const told: Values[] = [];
  for (const { list, from } of found) {
    for (const v of ev.evaluate(list, null)) {
      if (v.kind !== "array") continue;
      for (const [i, item] of itemsOf(ev, v).items.slice(from).entries()) told[i] = joinAll([told[i] ?? [], item]);
    }
  }
  if (told.length === 0) return null;
  return [arrayOf([[hole("unknown", "execPath")], [hole("unknown", "script")], ...told], true)];
}
