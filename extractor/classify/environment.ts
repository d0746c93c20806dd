import type { EnvironmentFinding } from "../model/finding.ts";
import type { Endpoint, EnvironmentVariable } from "../model/report.ts";
import { compareText, mergeEvidence, sortedUnique } from "./order.ts";

/** One per variable, with the endpoints whose URL holds it or whose sending depends on it. */
export function foldEnvironment(
  findings: readonly EnvironmentFinding[],
  influences: ReadonlyMap<string, readonly string[]>,
): EnvironmentVariable[] {
  const byName = new Map<string, EnvironmentFinding[]>();
  for (const finding of findings) byName.set(finding.name, [...(byName.get(finding.name) ?? []), finding]);
  return [...byName]
    .map(([name, same]) => ({
      name,
      influences: sortedUnique(influences.get(name) ?? []),
      evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
    }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** Variable -> ids of the endpoints in whose URLs or gates it stands. */
export function environmentInfluences(endpoints: readonly Endpoint[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  const note = (name: string, id: string) => byName.set(name, [...(byName.get(name) ?? []), id]);
  for (const { id, gates, holes } of endpoints) {
    for (const [name, { kind }] of Object.entries(holes)) if (kind === "env") note(name, id);
    for (const { kind, name } of gates) if (kind === "env") note(name, id);
  }
  return byName;
}
