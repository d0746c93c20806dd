import type { Overlay, Value, Values } from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Evaluator } from "../engine/evaluator.ts";

/** What is written through a variable, laid over a value that it holds: once, however often the value passes through it. */
export function layOver(ev: Evaluator, values: Values, overlay: Overlay): Values {
  return values.map((v): Value => {
    if (!("overlays" in v) || v.overlays.some((o) => isSame(o, overlay))) return v;
    if (v.overlays.length < BOUNDS.overlays) return { ...v, overlays: [...v.overlays, overlay] };
    ev.log.add("cut-alternatives", `an object that more than ${BOUNDS.overlays} variables write to`);
    return v;
  });
}

const isSame = (a: Overlay, b: Overlay): boolean =>
  a.variable === b.variable &&
  a.env === b.env &&
  a.at.length === b.at.length &&
  a.at.every((key, i) => key === b.at[i]);
