import type { EnvironmentFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Endpoint, EnvironmentVariable } from "../model/report.ts";
import { compareText, mergeEvidence, sortedUnique } from "./order.ts";

/** One per variable, with the endpoints whose URL holds it or whose sending depends on it. */
export function foldEnvironment(
  findings: readonly EnvironmentFinding[],
  influences: ReadonlyMap<string, readonly string[]>,
): EnvironmentVariable[] {
  return [...grouped(findings, ({ name }) => name)]
    .map(([name, same]) => ({
      name,
      influences: sortedUnique(influences.get(name) ?? []),
      evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** Variable -> ids of the endpoints in whose URLs or gates it stands. */
export function environmentInfluences(endpoints: readonly Endpoint[]): Map<string, string[]> {
  const pairs = endpoints.flatMap(({ id, gates, holes }) => [
    ...Object.entries(holes).flatMap(([name, { kind }]) => (kind === "env" ? [{ name, id }] : [])),
    ...gates.flatMap(({ kind, name }) => (kind === "env" ? [{ name, id }] : [])),
  ]);
  return new Map([...grouped(pairs, ({ name }) => name)].map(([name, same]) => [name, same.map(({ id }) => id)]));
}
