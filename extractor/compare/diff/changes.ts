import type { Change } from "../../model/diff.ts";

/** A change where the two sides differ. Texts that `key` makes equal are the same; what is shown is as written. */
export function change<Aspect extends string>(
  aspect: Aspect,
  before: readonly string[],
  after: readonly string[],
  key: (text: string) => string = (text) => text,
): Change<Aspect>[] {
  const removed = without(before, after, key);
  const added = without(after, before, key);
  return removed.length + added.length === 0 ? [] : [{ aspect, removed, added }];
}

/** Sorted, one of each. */
function without(texts: readonly string[], others: readonly string[], key: (text: string) => string): string[] {
  const known = new Set(others.map(key));
  const byKey = new Map(texts.map((text) => [key(text), text]));
  return [...byKey]
    .filter(([name]) => !known.has(name))
    .map(([, text]) => text)
    .sort();
}

/** Rows of two lists by name: only there before, only there after, in both. */
export function match<T>(before: readonly T[], after: readonly T[], name: (item: T) => string) {
  const old = new Map(before.map((item) => [name(item), item]));
  const young = new Map(after.map((item) => [name(item), item]));
  return {
    added: [...young].filter(([key]) => !old.has(key)).map(([, item]) => item),
    removed: [...old].filter(([key]) => !young.has(key)).map(([, item]) => item),
    both: [...old].flatMap(([key, item]): [T, T][] => (young.has(key) ? [[item, young.get(key)!]] : [])),
  };
}

export const byText =
  <T>(text: (item: T) => string) =>
  (a: T, b: T): number =>
    text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
