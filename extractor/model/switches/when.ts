import { endsSoon } from "../patterns/pattern-cost.ts";

/**
 * Values of a switch that have its effect; a variable, setting or flag that is not set never has it. Values are
 * texts: `false` is a setting's `false` as well.
 */
export interface When {
  /** Every value has it, but for those below. */
  any?: true;
  /** With `any` those that do not have it, else those that do; in lower case with `anyCase`. */
  values?: string[];
  /** The empty text has it as well. */
  empty?: true;
  anyCase?: true;
  /** Spaces around a value do not matter. */
  trimmed?: true;
  /** Of a value that is not among `values`, the first that it passes decides. */
  tests?: (ValueTest & { has: boolean })[];
}

/** A regular expression of JavaScript, or a number compared. */
export type ValueTest = { matches: string; flags?: string } | { above: number } | { below: number };

/** Longer values are none of a switch. */
const LONGEST_VALUE = 200;

/** Whether a pattern of a stranger may run on a value. */
export const isQuick = (pattern: string): boolean => endsSoon(pattern, LONGEST_VALUE);

/** Does a value pass a test? One that can't be run passes none. */
export function passes(test: ValueTest, value: string): boolean {
  if ("above" in test) return Number.parseFloat(value) > test.above;
  if ("below" in test) return Number.parseFloat(value) < test.below;
  if (!isQuick(test.matches)) return false;
  try {
    return new RegExp(test.matches, test.flags?.replace(/[gy]/g, "")).test(value.slice(0, LONGEST_VALUE));
  } catch {
    return false;
  }
}

/** Has a switch its effect with this value? Undefined: it is not set. */
export function hasEffect(when: When, value: string | undefined): boolean {
  const any = when.any === true;
  if (value === undefined) return false;
  if (value === "") return when.empty === true;
  const bare = when.trimmed ? value.trim() : value;
  if (when.values?.includes(when.anyCase ? bare.toLowerCase() : bare)) return !any;
  return when.tests?.find((test) => passes(test, bare))?.has ?? any;
}

/** `NAME=<anything>`, `NAME=0|false`, `NAME≠log`; of the other tests, `NAME>0` and `NAME=/^x/i`. */
export function whenText(name: string, { any, values = [], empty, tests = [] }: When): string {
  const words = values.join("|");
  const told = [
    ...(any ? [words === "" ? `${name}=<anything${empty ? ", even empty" : ""}>` : `${name}≠${words}`] : []),
    ...(!any && words !== "" ? [`${name}=${words}`] : []),
    ...tests.flatMap((test) => (test.has ? [testText(name, test)] : [])),
    ...(empty && !any ? [`${name}=<empty>`] : []),
  ];
  return told.join(" or ");
}

function testText(name: string, test: ValueTest): string {
  if ("above" in test) return `${name}>${test.above}`;
  return "below" in test ? `${name}<${test.below}` : `${name}=/${test.matches}/${test.flags ?? ""}`;
}

const OPPOSITES = new Map(
  ["true false", "1 0", "yes no", "on off"].flatMap((pair) => {
    const [a = "", b = ""] = pair.split(" ");
    return [[a, b] as const, [b, a] as const];
  }),
);

/**
 * A value to set for the effect, and one that looks like it and has none where there is such a one.
 * @returns null where no value is known
 */
export function exampleOf(when: When): string | null {
  // what takes `true` as a yes may refuse all but `false` as a no
  const opposites = when.any ? (when.values ?? []).flatMap((word) => OPPOSITES.get(word.toLowerCase()) ?? []) : [];
  const tried = [...opposites, "1", "true", "false", "0", ...(when.any ? [] : (when.values ?? [])), "yes", "2", "-1"];
  return tried.find((value) => hasEffect(when, value)) ?? null;
}

/**
 * What has an effect at each of several places: only what has it at all of them. Undefined where that can't be told.
 */
export const sharedWhen = (all: readonly (When | undefined)[]): When | undefined =>
  joined(all, (has) => has.every(Boolean));

/** What has an effect at one of several places at least. */
export const eitherWhen = (all: readonly (When | undefined)[]): When | undefined =>
  joined(all, (has) => has.some(Boolean));

function joined(all: readonly (When | undefined)[], of: (has: boolean[]) => boolean): When | undefined {
  const known = all.flatMap((when) => when ?? []);
  const different = [...new Map(known.map((when) => [JSON.stringify(when), when])).values()];
  if (known.length < all.length || different.length < 2) return known.length < all.length ? undefined : different[0];
  const anyCase = different.every((when) => when.anyCase || !when.values);
  const any = of(different.map((when) => when.any === true));
  const words = different.flatMap((when) => (when.anyCase && !anyCase ? spelled(when.values) : (when.values ?? [])));
  const values = [...new Set(words)].filter((word) => of(different.map((when) => hasEffect(when, word))) !== any);
  const tests = new Map(
    different
      .flatMap((when) => when.tests ?? [])
      .map(({ has: _, ...test }) => [JSON.stringify(test), test as ValueTest]),
  );
  const kept = [...tests].flatMap(([key, test]) => {
    const has = of(different.map((when) => hasByTest(when, key)));
    return has === any ? [] : [{ ...test, has }];
  });
  return {
    ...(any ? { any } : {}),
    ...(values.length > 0 ? { values: values.sort() } : {}),
    ...(of(different.map(({ empty }) => empty === true)) ? { empty: true } : {}),
    ...(anyCase && values.length > 0 ? { anyCase: true } : {}),
    ...(different.every((when) => when.trimmed || !when.values) && values.length > 0 ? { trimmed: true } : {}),
    ...(kept.length > 0 ? { tests: kept } : {}),
  };
}

/** The usual ways to write words whose case does not matter. */
const spelled = (words: readonly string[] = []): string[] =>
  words.flatMap((w) => [w, w.toUpperCase(), `${w.slice(0, 1).toUpperCase()}${w.slice(1)}`]);

const hasByTest = ({ tests = [], any }: When, key: string): boolean =>
  tests.find(({ has: _, ...test }) => JSON.stringify(test) === key)?.has ?? any === true;

/** No value has the effect. */
export const isNever = ({ any, values = [], empty, tests = [] }: When): boolean =>
  !any && !empty && values.length === 0 && !tests.some(({ has }) => has);
