import { packageOf } from "../../model/bundled-package.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Findings } from "../../model/finding.ts";
import type { Evidence, OriginalPlace } from "../../model/report.ts";
import { type Hole, isHole } from "../../model/template.ts";
import type { OpenMap } from "./open-maps.ts";
import { findOriginalPlaces, type PlaceAsked } from "./original-places.ts";

/**
 * Adds to findings what source maps know of them: the original place of each piece of evidence, and of parameters in
 * addresses the original name.
 * @returns the maps that belong to the bundle
 */
export async function addOriginals(
  findings: Findings,
  maps: readonly OpenMap[],
  log: DiagnosticLog,
): Promise<OpenMap[]> {
  const evidence = [...new Set(evidenceIn(findings))];
  const belonging = await findOriginalPlaces(
    [...evidence.flatMap(placesOf), ...parametersIn(findings).flatMap(declarationOf)],
    maps,
    log,
  );
  for (const e of evidence) leaveThePackage(e);
  return belonging;
}

/** Adds the original place to each place that a source map knows. */
export async function addOriginalsTo(
  places: readonly { file: string; line: number; column: number; source?: OriginalPlace }[],
  maps: readonly OpenMap[],
  log: DiagnosticLog,
): Promise<void> {
  const asked = places.map((place): PlaceAsked => {
    const { file, line, column } = place;
    return {
      file,
      line,
      column,
      answer: ({ name: _, ...original }) => {
        place.source = original;
      },
    };
  });
  await findOriginalPlaces(asked, maps, log);
}

const evidenceIn = ({ requests, events, secrets, environment, urls, flags = [], cuts = [] }: Findings): Evidence[] => {
  const functions = cuts.flatMap(({ callers }) => callers ?? []);
  return [requests, events, secrets, environment, urls, flags, cuts, functions].flatMap((found) =>
    (found as { evidence: Evidence }[]).map(({ evidence }) => evidence),
  );
};

function placesOf(evidence: Evidence): PlaceAsked[] {
  return [evidence, ...(evidence.derivation ?? [])].map((place) => ({
    file: place.file ?? evidence.file,
    line: place.line,
    column: place.column,
    answer: (original: OriginalPlace) => {
      place.source = original;
    },
  }));
}

const parametersIn = ({ requests }: Findings): Hole[] => requests.flatMap(({ urls }) => urls.flat().filter(isHole));

function declarationOf(hole: Hole): PlaceAsked[] {
  if (hole.declared === undefined) return [];
  const answer = ({ name }: OriginalPlace) => {
    if (name !== undefined && !name.includes(".")) hole.original = name;
  };
  return [{ ...hole.declared, answer }];
}

/** A reader looks for the program's own code, not for the inside of a library that it calls. */
function leaveThePackage(evidence: Evidence): void {
  const { source: sink, derivation = [] } = evidence;
  if (sink === undefined || packageOf(sink.file) === null) return;
  const own = derivation.findLast(({ source }) => source !== undefined && packageOf(source.file) === null)?.source;
  if (own !== undefined) evidence.source = { ...own, via: sink };
}
