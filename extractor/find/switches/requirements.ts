import type { GateKind } from "../../model/report.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/** Something outside the program that a condition looks at. */
export interface Switch {
  kind: GateKind;
  name: string;
}

/** What a switch has to be for code to run: `on` where it must be set, else it must be left alone. */
export interface Requirement extends Switch {
  on: boolean;
  /** Set, but to certain values only. */
  some?: boolean;
  /** On some ways to the code, while others go round it: how many functions lie between the code and where the ways part. */
  partly?: number;
}

/** Needs by switch: all of them hold wherever the code runs, those that are `partly` on some ways there. Null: the code never runs. */
export type Requirements = ReadonlyMap<string, Requirement> | null;

export const NO_REQUIREMENTS: Requirements = new Map();
export const UNREACHABLE: Requirements = null;

const keyOf = ({ kind, name }: Switch): string => `${kind} ${name}`;

export const requirement = ({ kind, name }: Switch, on: boolean, some = false): Requirements =>
  new Map([[keyOf({ kind, name }), { kind, name, on, some }]]);

/** What one condition and the other need. A switch that both need differently is one that only some values of it satisfy: no claim. */
export function and(a: Requirements, b: Requirements): Requirements {
  if (a === null || b === null) return UNREACHABLE;
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const all = new Map(a);
  for (const [key, n] of b) {
    const other = all.get(key);
    if (other === undefined || (isPartial(other) && !isPartial(n))) all.set(key, n);
    else if (isPartial(n) && !isPartial(other)) continue;
    else if (other.on !== n.on) all.delete(key);
    else if (!other.some) all.set(key, n);
  }
  return all;
}

/** What is needed whichever of two ways is taken. Unset, or set to certain values: all others of it are in the way. */
export function or(a: Requirements, b: Requirements): Requirements {
  if (a === null) return b;
  if (b === null) return a;
  const common = new Map<string, Requirement>();
  for (const [key, n] of a) {
    const other = b.get(key);
    const found = other === undefined ? null : joined(n, other);
    if (found !== null) common.set(key, found);
  }
  return common;
}

/** As `either`, and what only one of the ways needs is needed `partly`. */
export function partlyOr(a: Requirements, b: Requirements): Requirements {
  if (a === null) return b;
  if (b === null) return a;
  const all = new Map(or(a, b));
  for (const [key, n] of [...a, ...b]) if (!(a.has(key) && b.has(key))) all.set(key, { partly: 0, ...n });
  const partial = [...all].filter(([, n]) => isPartial(n));
  if (partial.length > FIND_BOUNDS.partialSwitches) for (const [key] of partial) all.delete(key);
  return all;
}

/** As seen from a function further in. */
export function oneCallFarther(needs: Requirements): Requirements {
  if (needs === null || ![...needs.values()].some(isPartial)) return needs;
  const all = new Map<string, Requirement>();
  for (const [key, n] of needs) {
    if (n.partly === undefined) all.set(key, n);
    else if (n.partly < FIND_BOUNDS.partialDistance) all.set(key, { ...n, partly: n.partly + 1 });
  }
  return all;
}

const isPartial = ({ partly }: Requirement): boolean => partly !== undefined;

function joined(n: Requirement, other: Requirement): Requirement | null {
  const ways = [n, other].flatMap(({ partly }) => partly ?? []);
  const partly = ways.length > 0 ? { partly: Math.min(...ways) } : {};
  if (other.on === n.on) return { ...(n.some ? other : n), ...partly };
  if (n.some || other.some) return { ...(n.on ? other : n), ...partly };
  return null;
}

/** Which values of an expression a condition is about. */
export interface ValueConstraint {
  /** The same for equal wishes. */
  key: string;
  accepts: (v: unknown) => boolean;
  /** All values that it accepts, where they can be counted. */
  only?: readonly unknown[];
}

export const TRUTHY: ValueConstraint = { key: "truthy", accepts: Boolean };
export const FALSY: ValueConstraint = { key: "falsy", accepts: (v) => !v, only: [undefined, null, false, 0, ""] };
export const MISSING: ValueConstraint = { key: "missing", accepts: (v) => v == null, only: [undefined, null] };
export const GIVEN: ValueConstraint = { key: "given", accepts: (v) => v != null };

const sameConstraint = (a: unknown, b: unknown): boolean => a === b || (a == null && b == null);

export const equal = (to: unknown): ValueConstraint => ({
  key: `is ${typeof to} ${String(to)}`,
  accepts: (v) => sameConstraint(v, to),
  only: [to],
});
export const unequal = (to: unknown): ValueConstraint => ({
  key: `not ${typeof to} ${String(to)}`,
  accepts: (v) => !sameConstraint(v, to),
});

export function intersect(a: ValueConstraint, b: ValueConstraint): ValueConstraint {
  if (a.key === b.key) return a;
  const accepts = (v: unknown) => a.accepts(v) && b.accepts(v);
  const only = (a.only ?? b.only)?.filter(accepts);
  return { key: `${a.key} & ${b.key}`, accepts, ...(only === undefined ? {} : { only }) };
}

/** Nothing can fulfil it. */
export const isUnsatisfiable = (wish: ValueConstraint): boolean => wish.only?.length === 0;
