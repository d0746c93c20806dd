import { grouped } from "../../model/group.ts";
import type { Endpoint } from "../../model/report.ts";

/** By channel, what most of its endpoints do when blocked: said once for all, and not in each row. */
export const usualReasons = (endpoints: readonly Endpoint[]): ReadonlyMap<string, string> =>
  new Map([...grouped(endpoints, ({ channel }) => channel)].map(([channel, own]) => [channel, mostOften(own)]));

function mostOften(endpoints: readonly Endpoint[]): string {
  const [first] = [...grouped(endpoints, ({ ifBlocked }) => ifBlocked.reason)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  return first![0];
}
