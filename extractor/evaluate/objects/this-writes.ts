import type { Func, Variable, Write } from "../../ir/unit.ts";
import type { Overlay, Values } from "../domain/value.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { layOver } from "./with-writes.ts";

/** `this.settings.base = e`: no value of the member, but of what it holds. */
export const isDeep = ({ path, key }: Write): boolean => path.length > 1 || key !== null;

const holders = new WeakMap<Func, Variable>();

/** What a function writes to `this`, as if it were a variable: overlays are made of those. */
function holderOf(f: Func): Variable {
  let v = holders.get(f);
  if (v === undefined) {
    v = {
      name: "this",
      owner: f,
      declared: false,
      definitions: [],
      writes: f.thisWrites,
      mutations: [],
      aliases: [],
      passedTo: [],
      at: -1,
      home: null,
    };
    holders.set(f, v);
  }
  return v;
}

/** One overlay per function, however much it writes there. */
export function addOverlay(overlays: Overlay[], f: Func, env: Env, key: string): void {
  const v = holderOf(f);
  if (!overlays.some((o) => o.variable === v)) overlays.push({ variable: v, env, at: [key] });
}

export function withOverlays(ev: Evaluator, values: Values, overlays: readonly Overlay[]): Values {
  return overlays.reduce((all, overlay) => layOver(ev, all, overlay), values);
}
