import type { CodeFlow, Location, Result } from "sarif";
import type { Evidence } from "../../model/report.ts";
import { message } from "./message.ts";

/** Base of all file names: the root of the unpacked package. */
export const PACKAGE_ROOT = "PACKAGE";

/**
 * Where a finding stands: the first place; beside it the others and the original sources of all; and how it was
 * derived.
 */
export function locations(evidence: readonly Evidence[]): Pick<Result, "locations" | "relatedLocations" | "codeFlows"> {
  const related = evidence.flatMap((place, index) => [
    ...(index === 0 ? [] : [location(place, "another place")]),
    ...(place.source === undefined ? [] : [location(place.source, "original source")]),
  ]);
  const flows = evidence.flatMap(codeFlow);
  return {
    locations: evidence.slice(0, 1).map((place) => location(place)),
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(flows.length === 0 ? {} : { codeFlows: flows }),
  };
}

function codeFlow({ file, derivation }: Evidence): CodeFlow[] {
  if (derivation === undefined || derivation.length === 0) return [];
  const steps = derivation.map(({ what, line, column }) => ({ location: location({ file, line, column }, what) }));
  return [{ threadFlows: [{ locations: steps }] }];
}

function location({ file, line, column }: { file: string; line: number; column: number }, what?: string): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: PACKAGE_ROOT },
      region: { startLine: line, startColumn: column },
    },
    ...(what === undefined ? {} : { message: message(what) }),
  };
}

/** A relative URI reference. Lone surrogates have no UTF-8 and become the replacement character. */
const uriOf = (file: string): string =>
  file
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
