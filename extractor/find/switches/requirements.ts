import type { Expr } from "../../ir/expression.ts";
import type { ClassDef, Func } from "../../ir/unit.ts";
import type { GateKind } from "../../model/report.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import {
  both,
  either,
  isEverything,
  isNothing,
  type Mentions,
  NO_MENTIONS,
  presenceSet,
  type ValueSet,
  valueSetOf,
} from "./value-set.ts";

/** Something outside the program that a condition looks at. */
export interface Switch {
  kind: GateKind;
  name: string;
}

/** What a switch has to be. */
export interface SwitchLiteral extends Switch {
  runs: ValueSet;
}

/** What a switch has to be for code to run. */
export interface Requirement extends SwitchLiteral {
  /** Where one of these is so, the first need not be: `if (env.A || env.B)`. Sorted by name. */
  or?: readonly SwitchLiteral[];
  /**
   * On some ways to the code, while others go round it: how many functions lie between the code and where the ways
   * part.
   */
  partly?: number;
}

/**
 * Needs by switch: all of them hold wherever the code runs, those that are `partly` on some ways there. Null: the
 * code never runs.
 */
export type Requirements = ReadonlyMap<string, Requirement> | null;

export const NO_REQUIREMENTS: Requirements = new Map();
export const UNREACHABLE: Requirements = null;

const keyOf = ({ kind, name }: Switch): string => `${kind} ${name}`;

const literalsOf = ({ or: others = [], ...first }: Requirement): readonly SwitchLiteral[] => [first, ...others];

function requirement({ kind, name }: Switch, runs: ValueSet): Requirements {
  if (isEverything(runs)) return NO_REQUIREMENTS;
  return isNothing(runs) ? UNREACHABLE : new Map([[keyOf({ kind, name }), { kind, name, runs }]]);
}

/**
 * What one condition and the other need. A switch that no value satisfies both for has changed between the two: no
 * claim.
 */
export const and = (a: Requirements, b: Requirements): Requirements => joint(a, b, false);

/**
 * What both sides of one expression need: no time passes between them, so what no value satisfies both for is never
 * so.
 */
export const andAtOnce = (a: Requirements, b: Requirements): Requirements => joint(a, b, true);

function joint(a: Requirements, b: Requirements, isAtOnce: boolean): Requirements {
  if (a === null || b === null) return UNREACHABLE;
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const all = new Map(a);
  for (const [key, n] of b) {
    const other = all.get(key);
    // what is left out is one claim less, and none that is wrong
    if (other === undefined && all.size >= FIND_BOUNDS.requirements) continue;
    if (other === undefined || (isPartial(other) && !isPartial(n))) all.set(key, n);
    // two conditions on the same switches are not one on each
    else if (other.or !== undefined || (isPartial(n) && !isPartial(other))) continue;
    else {
      const runs = both(other.runs, n.runs);
      const isSure = !isPartial(n) && !runs.unsure;
      if (isNothing(runs) && isAtOnce && isSure) return UNREACHABLE;
      if (isNothing(runs)) all.delete(key);
      else all.set(key, { ...n, runs });
    }
  }
  return all;
}

/** What is needed whichever of two ways is taken. */
export function or(a: Requirements, b: Requirements): Requirements {
  if (a === null) return b;
  if (b === null) return a;
  const common = new Map<string, Requirement>();
  for (const [key, n] of a) {
    const other = b.get(key);
    const found = other === undefined ? null : joined(n, other);
    if (found !== null) common.set(key, found);
  }
  return a.size * b.size > FIND_BOUNDS.alternativePairs ? common : withAlternatives(common, a, b);
}

type Known = NonNullable<Requirements>;

/** Between the switches of one condition. */
const BOTH = " | ";

/** Where one way needs one switch, and the other another: one of them is needed. Fewer switches say more. */
function withAlternatives(common: Known, a: Known, b: Known): Requirements {
  const found = [...a.values()].flatMap((n) =>
    [...b.values()].flatMap((m) => (isPartial(n) || isPartial(m) ? [] : (joined(n, m) ?? []))),
  );
  const all = new Map(common);
  const kept = [...common.keys()].map((key) => key.split(BOTH));
  for (const one of found.sort((x, y) => literalsOf(x).length - literalsOf(y).length)) {
    const keys = literalsOf(one).map(keyOf);
    if (kept.some((others) => others.every((key) => keys.includes(key)))) continue;
    if (all.size - common.size >= FIND_BOUNDS.alternatives) break;
    all.set(keys.join(BOTH), one);
    kept.push(keys);
  }
  return all;
}

/** As `or`, and what only one of the ways needs is needed `partly`. */
export function partlyOr(a: Requirements, b: Requirements): Requirements {
  if (a === null) return b;
  if (b === null) return a;
  const all = new Map(or(a, b));
  for (const [key, n] of [...a, ...b])
    if (!(a.has(key) && b.has(key)) && n.or === undefined) all.set(key, { partly: 0, ...n });
  const nearestFirst = [...all].filter(([, n]) => isPartial(n)).sort(([, n], [, m]) => n.partly! - m.partly!);
  for (const [key] of nearestFirst.slice(FIND_BOUNDS.partialSwitches)) all.delete(key);
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

/** One of the two is so; null where that is always so, or takes more switches than are told together. */
function joined(n: Requirement, other: Requirement): Requirement | null {
  const ways = [n, other].flatMap(({ partly }) => partly ?? []);
  const literals = new Map<string, SwitchLiteral>();
  for (const { kind, name, runs } of [...literalsOf(n), ...literalsOf(other)]) {
    const key = keyOf({ kind, name });
    const known = literals.get(key);
    const all = known === undefined ? runs : either(known.runs, runs);
    if (isEverything(all)) return null;
    literals.set(key, { kind, name, runs: all });
  }
  const [first, ...others] = [...literals].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, one]) => one);
  if (first === undefined || others.length >= FIND_BOUNDS.switchesTogether) return null;
  return {
    ...first,
    ...(others.length > 0 ? { or: others } : {}),
    ...(ways.length > 0 ? { partly: Math.min(...ways) } : {}),
  };
}

/** Which values of an expression a condition is about. */
export interface ValueConstraint extends Mentions {
  /** The same for equal wishes. */
  key: string;
  accepts: (v: unknown) => boolean;
  /** All values that it accepts, where they can be counted. */
  only?: readonly unknown[];
}

export const TRUTHY: ValueConstraint = { key: "truthy", accepts: Boolean, ...NO_MENTIONS };
export const FALSY: ValueConstraint = {
  key: "falsy",
  accepts: (v) => !v,
  only: [undefined, null, false, 0, ""],
  ...NO_MENTIONS,
};
export const MISSING: ValueConstraint = {
  key: "missing",
  accepts: (v) => v == null,
  only: [undefined, null],
  ...NO_MENTIONS,
};
export const GIVEN: ValueConstraint = { key: "given", accepts: (v) => v != null, ...NO_MENTIONS };

/** To be an expression that stands for itself: a function, a class. */
const expressed = (key: string, is: (e: Expr) => boolean): ValueConstraint => ({
  ...GIVEN,
  key,
  accepts: (v) => typeof v === "object" && v !== null && "kind" in v && is(v as Expr),
});

/** To be this function, and no other. */
export const isFunction = (f: Func): ValueConstraint =>
  expressed(`is function ${f.unit.file} ${f.at}`, (e) => e.kind === "function" && e.func === f);

/** To be this class, or one that may be below it. */
export const isClass = (c: ClassDef): ValueConstraint =>
  expressed(
    `is class ${c.unit.file} ${c.at}`,
    (e) => e.kind === "class" && (e.classDef === c || e.classDef.parent !== null),
  );

/** Where a value is missing; `x?.enabled` is `x.enabled` in the program. */
export const ofMissing = (wish: ValueConstraint): Requirements =>
  wish.accepts(undefined) ? NO_REQUIREMENTS : UNREACHABLE;

export const NEVER: ValueConstraint = { key: "never", accepts: () => false, ...NO_MENTIONS };

/** `==` and `===` are one in the program: null is undefined, and a number the text that is written so. */
const sameConstraint = (a: unknown, b: unknown): boolean =>
  a === b ||
  (a == null && b == null) ||
  (typeof a === "string" && typeof b === "number" && a.trim() !== "" && Number(a) === b);

const wordsOf = (value: unknown): readonly string[] =>
  value === null || value === undefined || value === "" ? [] : [String(value)];

export const equal = (to: unknown): ValueConstraint => ({
  ...NO_MENTIONS,
  key: `is ${typeof to} ${String(to)}`,
  accepts: (v) => sameConstraint(v, to),
  only: [to],
  words: wordsOf(to),
});
export const unequal = (to: unknown): ValueConstraint => ({
  ...NO_MENTIONS,
  key: `not ${typeof to} ${String(to)}`,
  accepts: (v) => !sameConstraint(v, to),
  words: wordsOf(to),
});

export function intersect(a: ValueConstraint, b: ValueConstraint): ValueConstraint {
  if (a.key === b.key) return a;
  const accepts = (v: unknown) => a.accepts(v) && b.accepts(v);
  const only = (a.only ?? b.only)?.filter(accepts);
  return { key: `${a.key} & ${b.key}`, accepts, ...mentionsOf(a, b), ...(only === undefined ? {} : { only }) };
}

const mentionsOf = (a: Mentions, b: Mentions): Mentions => ({
  words: [...a.words, ...b.words],
  numbers: [...a.numbers, ...b.numbers],
  patterns: [...a.patterns, ...b.patterns],
});

/**
 * What is wished of `x` where `f(x)` is wished something of: `toLowerCase()` is "true" where x is "TRUE".
 * @param name tells one function from another
 */
export const before = (
  wish: ValueConstraint,
  name: string,
  f: (x: unknown) => unknown,
  mentions: Partial<Mentions> = {},
): ValueConstraint => ({
  key: `${name}: ${wish.key}`,
  accepts: (v) => {
    let x: unknown;
    try {
      x = f(v);
    } catch {
      // what throws gives nothing: to break a program is no switch
    }
    return wish.accepts(x);
  },
  ...mentionsOf(wish, { ...NO_MENTIONS, ...mentions }),
});

/** Nothing can fulfil it. */
export const isUnsatisfiable = (wish: ValueConstraint): boolean => wish.only?.length === 0;

/** What is wished of a switch that an expression is. */
export const wished = (of: Switch, wish: ValueConstraint): Requirements =>
  requirement(of, valueSetOf(wish.accepts, wish, of.kind === "env"));

/** Whether a switch is set decides, in a way that can't be followed. */
export const wishedPresence = (of: Switch, unset: boolean): Requirements => requirement(of, presenceSet(unset));
