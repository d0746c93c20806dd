import type { EventFinding } from "../model/finding.ts";
import type { TelemetryEvent } from "../model/report.ts";
import { isHole, printTemplate, templateKey } from "../model/template.ts";
import { sharedGates } from "./gates.ts";
import { groupBy } from "./group.ts";
import { HoleNames } from "./hole-names.ts";
import { compareText, mergeEvidence, sortedUnique } from "./order.ts";

/** One per name. Names without any literal part are left to the caller: `unnamed` counts them. */
export function foldEvents(findings: readonly EventFinding[]): { events: TelemetryEvent[]; unnamed: EventFinding[] } {
  const unnamed = findings.filter(({ name }) => name.every(isHole));
  const named = findings.filter(({ name }) => !name.every(isHole));
  const byName = groupBy(named, ({ name }) => templateKey(name));
  const events = [...byName.values()].map((same) => {
    const printed = same.map(({ name }) => {
      const names = new HoleNames();
      return printTemplate(name.map((piece) => (isHole(piece) ? { ...piece, name: names.name(piece) } : piece)));
    });
    return {
      name: sortedUnique(printed)[0]!,
      fields: sortedUnique(same.flatMap(({ fields }) => fields)),
      pipelines: [],
      gates: sharedGates(same.map(({ gates }) => gates)),
      evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
    };
  });
  return { events: events.sort((a, b) => compareText(a.name, b.name)), unnamed };
}
