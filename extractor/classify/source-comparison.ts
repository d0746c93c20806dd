import type { Endpoint, Evidence, OriginalPlace, Report, SourceComparison, TelemetryEvent } from "../model/report.ts";

/** What the original sources have and the bundle's report doesn't. */
interface OnlyInSources {
  endpoints: Endpoint[];
  events: TelemetryEvent[];
}

export function onlyInSources(bundle: Report, sources: Report): OnlyInSources {
  const ids = new Set(bundle.endpoints.map(({ id }) => id));
  const names = new Set(bundle.events.map(({ name }) => name));
  return {
    endpoints: sources.endpoints.filter(({ id }) => !ids.has(id)),
    events: sources.events.filter(({ name }) => !names.has(name)),
  };
}

/**
 * A sink in original sources, and its callers as far as they were followed: all of them have to be in the bundle for
 * it to be.
 */
export const chainOf = ({ file, line, column, derivation = [] }: Evidence): OriginalPlace[] =>
  [{ file, line, column }, ...derivation.map((step) => ({ ...step, file: step.file ?? file }))].map(
    ({ file, line, column }) => ({ file, line, column }),
  );

/**
 * How the original sources differ from what was made of them.
 * @param isBundled whether anything of the bundle was made of what stands at a place of the sources
 */
export function compareSources(
  bundle: Report,
  sources: Report,
  isBundled: (place: OriginalPlace) => boolean,
): SourceComparison {
  const only = onlyInSources(bundle, sources);
  const reversed = onlyInSources(sources, bundle);
  const fate = (evidence: readonly Evidence[]) => {
    const missing = evidence.map((e) => chainOf(e).find((place) => !isBundled(place)));
    const [first] = missing;
    const dead = first !== undefined && missing.every((place) => place !== undefined);
    return {
      dead,
      reason: dead
        ? `the bundle has no code of ${first.file}:${first.line}`
        : "its code is in the bundle, where nothing was found to send this",
    };
  };
  return {
    onlyInSources: {
      endpoints: only.endpoints.map(({ id, method, url, kind, gates, evidence }) => ({
        id,
        method,
        url,
        kind,
        ...fate(evidence),
        gates,
        evidence,
      })),
      events: only.events.map(({ name, gates, evidence }) => ({ name, ...fate(evidence), gates, evidence })),
    },
    onlyInBundle: {
      endpoints: reversed.endpoints.map(({ id }) => id),
      events: reversed.events.map(({ name }) => name),
    },
  };
}
