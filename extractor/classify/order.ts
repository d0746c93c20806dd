import type { Evidence } from "../model/report.ts";

/** By UTF-16 code units: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sortedUnique(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareText);
}

export function compareEvidence(a: Evidence, b: Evidence): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** The same for all evidence at one place. */
export const placeOf = ({ file, line, column }: Evidence): string => `${file}:${line}:${column}`;

/** One per place, the one that explains most; sorted by place. */
export function mergeEvidence(all: Iterable<Evidence>): Evidence[] {
  const byPlace = new Map<string, Evidence>();
  for (const evidence of all) {
    const place = placeOf(evidence);
    const known = byPlace.get(place);
    if (known === undefined || explains(evidence) > explains(known)) byPlace.set(place, evidence);
  }
  return [...byPlace.values()].sort(compareEvidence);
}

const explains = ({ derivation = [], source }: Evidence) => derivation.length * 2 + (source ? 1 : 0);
