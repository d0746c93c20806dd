import { grouped } from "../model/group.ts";

/** A prefix that fewer names share is no family. */
const SMALLEST_FAMILY = 3;
const REST = "(other)";

/** Names by what stands before their first separator, the largest family first, the names without one last. */
export function familiesOf(names: readonly string[]): [string, string[]][] {
  const sizes = grouped(names, prefixOf);
  const family = (name: string): string => {
    const prefix = prefixOf(name);
    return sizes.get(prefix)!.length < SMALLEST_FAMILY ? REST : prefix;
  };
  return [...grouped(names, family)].sort(
    ([a, left], [b, right]) =>
      Number(a === REST) - Number(b === REST) || right.length - left.length || (a < b ? -1 : 1),
  );
}

const prefixOf = (name: string): string => /^[^_.:/\-\s]+[_.:/\-\s]/.exec(name)?.[0] ?? REST;
