import { elementsOf } from "../evaluate/array.ts";
import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberNames, memberOf } from "../evaluate/member.ts";
import { join, known, type Value, type Values } from "../evaluate/value.ts";
import { option, optionObjects } from "./options.ts";
import type { SinkCall } from "./sink-calls.ts";

export interface Header {
  name: string;
  values: Values;
}

/** Headers of a sink call, its client's defaults included, in the spelling of the source. */
export function headersOf(ev: Evaluator, call: SinkCall): Header[] {
  const { headers: names } = call.found.sink;
  if (!names) return [];
  const { own, defaults } = optionObjects(ev, call);
  const bags = join(option(ev, own, names), option(ev, defaults, names));
  const found = new Map<string, Header>();
  for (const bag of bags) {
    for (const header of headersIn(ev, bag, 0)) {
      const key = header.name.toLowerCase();
      const before = found.get(key);
      found.set(key, before ? { name: before.name, values: join(before.values, header.values) } : header);
    }
  }
  return [...found.values()];
}

const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}$/;

function headersIn(ev: Evaluator, bag: Value, depth: number): Header[] {
  if (depth > 4) return [];
  const out: Header[] = [];
  if (bag.t === "object" || bag.t === "instance" || bag.t === "native") {
    if (bag.t === "native" && bag.path !== "Headers") return [];
    if (bag.t === "native" && bag.args.length > 0) {
      for (const v of argument(ev, bag.args, 0)) out.push(...headersIn(ev, v, depth + 1));
    }
    for (const name of memberNames(ev, bag)) if (NAME.test(name)) out.push({ name, values: memberOf(ev, [bag], name) });
    for (const { v, env, at } of bag.overlays) {
      for (const m of v.mutations) {
        if ((m.method !== "set" && m.method !== "append") || m.path.length !== at.length) continue;
        const [key, value] = m.call.a;
        const name = key ? known(ev.evaluate(key, env)[0]) : null;
        if (name !== null && NAME.test(name)) out.push({ name, values: value ? ev.evaluate(value, env) : [] });
      }
    }
  } else if (bag.t === "array") {
    for (const pair of elementsOf(ev, [bag], false)) {
      const name = pair.t === "array" ? known(memberOf(ev, [pair], "0")[0]) : null;
      if (name !== null && NAME.test(name)) out.push({ name, values: memberOf(ev, [pair], "1") });
    }
  }
  return out;
}
