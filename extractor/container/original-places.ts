import { packageOf } from "../model/bundled-package.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { BundledPackage, OriginalPlace, SourceStats } from "../model/report.ts";
import type { SourceMapFile } from "../model/source-file.ts";
import { printableName } from "./entry-path.ts";
import { identifierAt } from "./identifier.ts";
import { type MapText, readMapText } from "./map-text.ts";
import { PackageInventory } from "./package-inventory.ts";
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

/** What the program was made of. */
export interface Sources {
  stats: SourceStats;
  packages: BundledPackage[];
}

/**
 * Answers where places of generated code come from. Maps are opened one after the other and dropped; one that can't be read, or
 * that belongs to another build, is a diagnostic.
 * @returns what the program was made of; null where no map could be read
 */
export async function findOriginalPlaces(
  asked: readonly PlaceAsked[],
  maps: readonly SourceMapFile[],
  log: DiagnosticLog,
): Promise<Sources | null> {
  const lines = new Map<string, number>();
  const packages = new PackageInventory();
  for (const map of maps) {
    const own = asked.filter(({ file }) => file === map.describes);
    try {
      const text = readMapText(map.map);
      const places = await mappedPlaces(text, own);
      const known = places.filter((place) => place !== null).length;
      if (own.length >= ASKED && known < own.length * KNOWN) {
        log.add(
          "source-map",
          `${printableName(map.path)}: knows ${known} of ${own.length} places, so it is of another build`,
        );
        continue;
      }
      answer(own, places, text);
      for (const section of text.sections) {
        packages.add(section);
        section.files.forEach((file, i) => {
          lines.set(file, packageOf(file) === null ? section.lines(i) : 0);
        });
      }
    } catch (cause) {
      log.add("source-map", `${printableName(map.path)}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  if (lines.size === 0) return null;
  const firstParty = [...lines].filter(([file]) => packageOf(file) === null);
  return {
    stats: {
      files: lines.size,
      firstParty: firstParty.length,
      lines: firstParty.reduce((sum, [, count]) => sum + count, 0),
    },
    packages: packages.list(),
  };
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
