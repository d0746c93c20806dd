import type { FileScope } from "../../ir/program.ts";
import { join, type PropertyWrites, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "./member.ts";
import { writtenProperty } from "./property-writes.ts";

/** What a file exports under a name, whichever kind of module it is. */
export function moduleMember(ev: Evaluator, file: FileScope, key: string, seen = new Set<string>()): Values {
  if (seen.has(file.path)) return [];
  seen.add(file.path);
  const exported = file.exports.get(key);
  if (exported) return ev.evaluate(exported, null);
  const values = file.exportsAll.map((specifier) => {
    const from = ev.program.resolve(file.path, specifier);
    return from ? moduleMember(ev, from, key, seen) : [];
  });
  return join(...values, commonJsMember(ev, file, key));
}

/** `module.exports = e`, `module.exports.a = e` and `exports.a = e` of a file. */
function commonJsMember(ev: Evaluator, file: FileScope, key: string): Values {
  let values: Values = [];
  const own = file.names.get("exports");
  if (own) values = writtenProperty(ev, [{ variable: own, env: null, at: [] }], key).values;
  const module = file.names.get("module");
  if (module) {
    const overlay: PropertyWrites = { variable: module, env: null, at: [] };
    const whole = writtenProperty(ev, [overlay], "exports").values;
    values = join(values, memberOf(ev, whole, key));
    if (key === "default") values = join(values, whole);
  }
  return values;
}
