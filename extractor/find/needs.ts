import type { GateKind } from "../model/report.ts";

/** Something outside the program that a condition looks at. */
export interface Switch {
  kind: GateKind;
  name: string;
}

/** What a switch has to be for code to run: `on` where it must be set, else it must be left alone. */
export interface Need extends Switch {
  on: boolean;
  /** Set, but to certain values only. */
  some?: boolean;
}

/** Needs by switch: all of them hold wherever the code runs. Null: the code never runs. */
export type Needs = ReadonlyMap<string, Need> | null;

export const NO_NEEDS: Needs = new Map();
export const NEVER: Needs = null;

const keyOf = ({ kind, name }: Switch): string => `${kind} ${name}`;

export const need = ({ kind, name }: Switch, on: boolean, some = false): Needs =>
  new Map([[keyOf({ kind, name }), { kind, name, on, some }]]);

/** What one condition and the other need. A switch that both need differently is one that only some values of it satisfy: no claim. */
export function both(a: Needs, b: Needs): Needs {
  if (a === null || b === null) return NEVER;
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const all = new Map(a);
  for (const [key, n] of b) {
    const other = all.get(key);
    if (other !== undefined && other.on !== n.on) all.delete(key);
    else all.set(key, other?.some ? other : n);
  }
  return all;
}

/** What is needed whichever of two ways is taken. Unset, or set to certain values: all others of it are in the way. */
export function either(a: Needs, b: Needs): Needs {
  if (a === null) return b;
  if (b === null) return a;
  const common = new Map<string, Need>();
  for (const [key, n] of a) {
    const other = b.get(key);
    if (other === undefined) continue;
    if (other.on === n.on) common.set(key, n.some ? other : n);
    else if (n.some || other.some) common.set(key, n.on ? other : n);
  }
  return common;
}

/** Which values of an expression a condition is about. */
export interface Wish {
  /** The same for equal wishes. */
  key: string;
  accepts: (v: unknown) => boolean;
  /** All values that it accepts, where they can be counted. */
  only?: readonly unknown[];
}

export const TRUTHY: Wish = { key: "truthy", accepts: Boolean };
export const FALSY: Wish = { key: "falsy", accepts: (v) => !v, only: [undefined, null, false, 0, ""] };
export const MISSING: Wish = { key: "missing", accepts: (v) => v == null, only: [undefined, null] };
export const GIVEN: Wish = { key: "given", accepts: (v) => v != null };

const same = (a: unknown, b: unknown): boolean => a === b || (a == null && b == null);

export const equal = (to: unknown): Wish => ({
  key: `is ${typeof to} ${String(to)}`,
  accepts: (v) => same(v, to),
  only: [to],
});
export const unequal = (to: unknown): Wish => ({ key: `not ${typeof to} ${String(to)}`, accepts: (v) => !same(v, to) });

export function and(a: Wish, b: Wish): Wish {
  if (a.key === b.key) return a;
  const accepts = (v: unknown) => a.accepts(v) && b.accepts(v);
  const only = (a.only ?? b.only)?.filter(accepts);
  return { key: `${a.key} & ${b.key}`, accepts, ...(only === undefined ? {} : { only }) };
}

/** Nothing can fulfil it. */
export const isVain = (wish: Wish): boolean => wish.only?.length === 0;
