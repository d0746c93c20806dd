import { subjectOf } from "../domain/equality.ts";
import { type InstanceValue, joinAll, NOTHING, type ObjectValue, type Value, type Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/** `Client.get().host = "…"`: what is written to a member of the object where a call yields it. */
export function resultWrites(ev: Evaluator, o: ObjectValue | InstanceValue, key: string): Values {
  const places = ev.program.resultWrites.get(key);
  if (places === undefined || places.length > BOUNDS.resultWrites) return NOTHING;
  return joinAll(
    places.map(({ of, expression: e }) =>
      ev.evaluate(of, null).some((v) => sameCallee(v, o)) ? ev.evaluate(e, null) : [],
    ),
  );
}

/** Instances of one class are told apart by what they were made with, as far as that is known. */
function sameCallee(v: Value, o: ObjectValue | InstanceValue): boolean {
  if (v.kind !== o.kind || subjectOf(v as typeof o) !== subjectOf(o)) return false;
  return v.kind !== "instance" || o.kind !== "instance" || v.args === null || o.args === null || v.args === o.args;
}
