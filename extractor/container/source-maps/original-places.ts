import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { OriginalPlace } from "../../model/report.ts";
import { printableName } from "../entry-path.ts";
import { identifierAt } from "./identifier.ts";
import type { MapText } from "./map-text.ts";
import type { OpenMap } from "./open-maps.ts";
import { type MappedPlace, mappedPlaces } from "./source-map.ts";

/** So much of what is asked of a map must be known to it: otherwise it is the map of another build. */
const KNOWN = 0.1;
const ASKED = 20;

/** A place of the generated code that somebody wants to know the origin of. */
export interface PlaceAsked {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** Called where a map knows the place. */
  answer(place: OriginalPlace): void;
}

/**
 * Answers where places of generated code come from. Positions of one map after the other are read and dropped; a map
 * whose positions can't be read, or that belongs to another build, is a diagnostic.
 * @returns the maps that belong
 */
export async function findOriginalPlaces(
  asked: readonly PlaceAsked[],
  maps: readonly OpenMap[],
  log: DiagnosticLog,
): Promise<OpenMap[]> {
  const belonging: OpenMap[] = [];
  for (const map of maps) {
    const own = asked.filter(({ file }) => file === map.describes);
    try {
      const places = await mappedPlaces(map.text, own);
      const known = places.filter((place) => place !== null).length;
      if (own.length >= ASKED && known < own.length * KNOWN) {
        log.add(
          "source-map",
          `${printableName(map.path)}: knows ${known} of ${own.length} places, so it is of another build`,
        );
        continue;
      }
      answer(own, places, map.text);
      belonging.push(map);
    } catch (cause) {
      log.add("source-map", `${printableName(map.path)}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return belonging;
}

/** File by file, so that one content at a time is a string. */
function answer(asked: readonly PlaceAsked[], places: readonly (MappedPlace | null)[], { sections }: MapText): void {
  const found = places
    .flatMap((place, i) => (place === null ? [] : [{ place, asked: asked[i]! }]))
    .sort((a, b) => a.place.section - b.place.section || a.place.index - b.place.index);
  let content: string | null = null;
  let last: MappedPlace | null = null;
  for (const { place, asked } of found) {
    const section = sections[place.section]!;
    if (place.section !== last?.section || place.index !== last.index) content = section.content(place.index);
    last = place;
    const { line, column } = place;
    const named = place.exact && content !== null ? identifierAt(content, line, column) : null;
    const name = named ?? place.name;
    asked.answer({ file: section.files[place.index]!, line, column, ...(name === null ? {} : { name }) });
  }
}
