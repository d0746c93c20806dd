import type { FlagFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { FlagRead, TelemetryEvent } from "../model/report.ts";
import { compareText, mergeEvidence } from "./order.ts";

/** One per name; a name that is sent as well is an event. */
export function foldFlags(findings: readonly FlagFinding[], events: readonly TelemetryEvent[]): FlagRead[] {
  const sent = new Set(events.map(({ name }) => name));
  return [...grouped(findings, ({ name }) => name)]
    .filter(([name]) => !sent.has(name))
    .map(([name, same]) => ({ name, evidence: mergeEvidence(same.map(({ evidence }) => evidence)) }))
    .sort((a, b) => compareText(a.name, b.name));
}
