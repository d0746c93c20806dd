import { escaped } from "../../model/patterns/escaped-pattern.ts";
import type { GateEffect } from "../../model/report.ts";
import { passes, type ValueTest, type When } from "../../model/switches/when.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/**
 * The values of one switch under which some code may run. `words` are told apart from the others, which `other`
 * speaks for where no test does; a word's key is lower-cased where the case does not matter.
 */
export interface ValueSet {
  unset: boolean;
  empty: boolean;
  other: boolean;
  words: ReadonlyMap<string, boolean>;
  tests: readonly { test: ValueTest; runs: boolean }[];
  anyCase: boolean;
  trimmed: boolean;
  /** Whether it is set decides; which values do is not known. */
  unsure?: true;
}

/** Values that a condition tells apart, beside those of which it says so. */
export interface Mentions {
  words: readonly string[];
  numbers: readonly number[];
  patterns: readonly MentionedPattern[];
}

/** `outcome` stands in for a match while the condition is tried out. */
export interface MentionedPattern {
  source: string;
  flags: string;
  outcome: boolean | null;
}

export const NO_MENTIONS: Mentions = { words: [], numbers: [], patterns: [] };

/** A text that nobody compares with. */
const ANY = "~any value";
/** `^(?:1|true|yes)$`: nothing but words. */
const ALTERNATIVES = /^\^(?:\((?:\?:)?([\w|-]*)\)|([\w-]*))\$$/;

/**
 * Tries a condition out: on no value, on the empty one, on those that it names, and on one that stands for all others.
 * @param isText variables of the environment are texts; settings and flags are read as JSON is
 */
export function valueSetOf(accepts: (v: unknown) => boolean, mentions: Mentions, isText: boolean): ValueSet {
  const given = (word: string) => accepts(isText ? word : fromJson(word));
  const plain = mentions.patterns.flatMap(wordsOf);
  const words = [...new Set([...mentions.words, ...plain, ...(isText ? [] : ["true", "false"])])]
    .filter((word) => word !== "")
    .slice(0, FIND_BOUNDS.conditionWords);
  const numbers = [...new Set(mentions.numbers)].sort((a, b) => a - b).slice(0, FIND_BOUNDS.conditionWords);
  const other = given(ANY);
  const telling = words.filter((word) => given(word) !== other);
  const caseless = telling.filter((word) => word.toLowerCase() !== word.toUpperCase());
  const anyCase =
    isText &&
    caseless.length > 0 &&
    caseless.every((w) => given(w.toLowerCase()) !== other && given(w.toUpperCase()) !== other);
  const trimmed = isText && telling.length > 0 && telling.every((word) => given(` ${word} `) !== other);
  const known = new Map<string, boolean>();
  for (const word of [...words, ...numbers.map(String)]) known.set(anyCase ? word.toLowerCase() : word, given(word));
  const tests = [
    ...mentions.patterns.filter((p) => wordsOf(p).length === 0).map((p) => patternTest(p, given)),
    ...intervals(numbers, given),
  ].filter(({ runs }) => runs !== other);
  return {
    unset: accepts(undefined),
    empty: accepts(""),
    other,
    words: tests.length > 0 ? known : new Map([...known].filter(([, runs]) => runs !== other)),
    tests,
    anyCase,
    trimmed,
  };
}

/** Somebody looks whether it is set, and at what is not known. */
export const presenceSet = (unset: boolean): ValueSet => ({
  unset,
  empty: unset,
  other: !unset,
  words: new Map(),
  tests: [],
  anyCase: false,
  trimmed: false,
  unsure: true,
});

function fromJson(word: string): unknown {
  if (word === "true" || word === "false") return word === "true";
  return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word === "null" ? null : word;
}

function wordsOf({ source }: MentionedPattern): string[] {
  const found = ALTERNATIVES.exec(source);
  return found === null ? [] : (found[1] ?? found[2] ?? "").split("|").filter((word) => word !== "");
}

function patternTest(p: MentionedPattern, given: (word: string) => boolean): ValueSet["tests"][number] {
  p.outcome = true;
  const runs = given(ANY);
  p.outcome = null;
  return { test: { matches: p.source, ...(p.flags === "" ? {} : { flags: p.flags }) }, runs };
}

/** Numbers between and beyond those that are compared with. */
function intervals(numbers: readonly number[], given: (word: string) => boolean): ValueSet["tests"] {
  if (numbers.length === 0) return [];
  const above = numbers.map((n, i) => ({
    test: { above: n },
    runs: given(String(i + 1 < numbers.length ? (n + numbers[i + 1]!) / 2 : n + 1)),
  }));
  return [...above.reverse(), { test: { below: numbers[0]! }, runs: given(String(numbers[0]! - 1)) }];
}

export function both(a: ValueSet, b: ValueSet): ValueSet {
  const { unsure, ...all } = combined(a, b, (x, y) => x && y);
  const [sure, ...others] = [a, b].filter((one) => !one.unsure);
  // where no value will do, what is not known of the values does not matter
  return unsure && (sure === undefined || others.length > 0 || isAccepting(sure)) ? { ...all, unsure } : all;
}

/** Some value, not only none, lets the code run. */
const isAccepting = ({ other, words, tests }: ValueSet): boolean =>
  other || [...words.values()].some(Boolean) || tests.some(({ runs }) => runs);

export function either(a: ValueSet, b: ValueSet): ValueSet {
  const all = combined(a, b, (x, y) => x || y);
  // unset, or set to what some code takes: certain values only
  const isCertain = (one: ValueSet, other: ValueSet) => one.unsure === true && !one.unset && !other.unsure;
  return isEverything(all) && (isCertain(a, b) || isCertain(b, a)) ? presenceSet(true) : all;
}

function combined(a: ValueSet, b: ValueSet, op: (x: boolean, y: boolean) => boolean): ValueSet {
  const anyCase = (a.anyCase || isPlain(a)) && (b.anyCase || isPlain(b)) && (a.anyCase || b.anyCase);
  const words = new Map<string, boolean>();
  for (const word of [...keysOf(a, anyCase), ...keysOf(b, anyCase)])
    words.set(word, op(holds(a, word), holds(b, word)));
  const other = op(a.other, b.other);
  const tests = new Map<string, ValueSet["tests"][number]>();
  for (const { test } of [...a.tests, ...b.tests])
    tests.set(JSON.stringify(test), { test, runs: op(ofTest(a, test), ofTest(b, test)) });
  const kept = [...tests.values()].filter(({ runs }) => runs !== other);
  return {
    unset: op(a.unset, b.unset),
    empty: op(a.empty, b.empty),
    other,
    words: kept.length > 0 ? words : new Map([...words].filter(([, runs]) => runs !== other)),
    tests: kept,
    anyCase,
    trimmed: (a.trimmed || isPlain(a)) && (b.trimmed || isPlain(b)) && (a.trimmed || b.trimmed),
    ...(a.unsure || b.unsure ? { unsure: true as const } : {}),
  };
}

const isPlain = ({ words, tests }: ValueSet): boolean => words.size === 0 && tests.length === 0;

/** Where only one side looks at the case, each usual way to write its words is a word. */
function keysOf({ words, anyCase }: ValueSet, keep: boolean): string[] {
  if (!anyCase || keep) return [...words.keys()];
  return [...words.keys()].flatMap((w) => [w, w.toUpperCase(), `${w.slice(0, 1).toUpperCase()}${w.slice(1)}`]);
}

const ofTest = ({ tests, other }: ValueSet, test: ValueTest): boolean => {
  const key = JSON.stringify(test);
  return tests.find((one) => JSON.stringify(one.test) === key)?.runs ?? other;
};

function holds({ words, tests, other, anyCase }: ValueSet, word: string): boolean {
  const known = words.get(anyCase ? word.toLowerCase() : word);
  return known ?? tests.find(({ test }) => passes(test, word))?.runs ?? other;
}

/** Whatever its value, the code may run. */
export const isEverything = ({ unset, empty, other, words, tests }: ValueSet): boolean =>
  unset && empty && other && [...words.values()].every(Boolean) && tests.every(({ runs }) => runs);

/** The code runs under no value. */
export const isNothing = ({ unset, empty, other, words, tests }: ValueSet): boolean =>
  !unset && !empty && !other && ![...words.values()].some(Boolean) && !tests.some(({ runs }) => runs);

/** The values with which a switch has its effect; undefined where only that it is set is known to matter. */
export function whenOf(runs: ValueSet, effect: GateEffect): When | undefined {
  if (runs.unsure) return undefined;
  const has = (yes: boolean) => yes === (effect === "enables");
  const any = has(runs.other);
  const tests = runs.tests.map((one) => ({ ...one.test, has: has(one.runs) }));
  const values = [...runs.words].flatMap(([word, yes]) => (has(yes) === any ? [] : [word]));
  // a word that a test would take is told beside it
  const plain = [...runs.words].flatMap(([word, yes]) => {
    const byTest = runs.tests.find(({ test }) => passes(test, word));
    return has(yes) !== (byTest === undefined ? any : has(byTest.runs)) && byTest !== undefined ? [{ word, yes }] : [];
  });
  return {
    ...(any ? { any } : {}),
    ...(values.length > 0 ? { values: values.sort() } : {}),
    ...(has(runs.empty) ? { empty: true } : {}),
    ...(runs.anyCase && values.length > 0 ? { anyCase: true } : {}),
    ...(runs.trimmed && values.length > 0 ? { trimmed: true } : {}),
    ...(tests.length > 0
      ? { tests: [...plain.map(({ word, yes }) => ({ matches: `^${escaped(word)}$`, has: has(yes) })), ...tests] }
      : {}),
  };
}
