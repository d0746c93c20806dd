import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberOf } from "../evaluate/member.ts";
import { join, type Value, type Values } from "../evaluate/value.ts";
import type { SinkCall } from "./sink-calls.ts";

/** The objects that hold a call's options: its own first, then what its client was made with. */
export function optionObjects(ev: Evaluator, { found, client, args }: SinkCall): { own: Value[]; defaults: Value[] } {
  const { sink } = found;
  const own: Value[] = [];
  for (const index of [sink.options ?? [], sink.url.argument].flat()) {
    if (index === undefined || index >= args.length) continue;
    for (const v of argument(ev, args, index))
      if (v.t === "object" || v.t === "instance" || v.t === "response") own.push(v);
  }
  const defaults = (client?.args ?? [])
    .flatMap((_a, i) => argument(ev, client!.args, i))
    .filter((v) => v.t === "object" || v.t === "instance");
  return { own, defaults };
}

/** Values of the first of the options that is given. */
export function option(ev: Evaluator, objects: readonly Value[], names: readonly string[]): Values {
  for (const name of names) {
    const values = join(...objects.map((o) => memberOf(ev, [o], name))).filter(
      (v) => !(v.t === "scalar" && v.v == null),
    );
    if (values.length > 0) return values;
  }
  return [];
}
