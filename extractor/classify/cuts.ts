import type { CutSearch, Endpoint, ReportedCut } from "../model/report.ts";
import { compareEvidence, placeOf } from "./order.ts";

/** Calls that were looked at in part, with the endpoints found there; those with the most callers left out first. */
export function reportedCuts(cuts: readonly CutSearch[], endpoints: readonly Endpoint[]): ReportedCut[] {
  const byPlace = new Map<string, string[]>();
  for (const { id, evidence } of endpoints)
    for (const place of new Set(evidence.map(placeOf))) {
      const ids = byPlace.get(place);
      if (ids === undefined) byPlace.set(place, [id]);
      else ids.push(id);
    }
  return cuts
    .map((cut) => ({ ...cut, endpoints: (byPlace.get(placeOf(cut.evidence)) ?? []).sort() }))
    .sort((a, b) => leftOut(b) - leftOut(a) || compareEvidence(a.evidence, b.evidence));
}

const leftOut = ({ callers }: CutSearch): number => (callers === undefined ? 0 : callers.known - callers.followed);
