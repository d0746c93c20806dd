import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Evidence, SourceStats } from "../model/report.ts";
import type { SourceMapFile } from "../model/source-file.ts";
import { printableName } from "./entry-path.ts";
import { originalFiles } from "./source-map.ts";

/** So much of what is asked of a map must be known to it: otherwise it is the map of another build. */
const KNOWN = 0.1;
const ASKED = 20;

/**
 * Adds the original place to each piece of evidence that a source map knows. Maps are opened one after the other and dropped; one
 * that can't be read, or that belongs to another build, is a diagnostic.
 * @returns what the program was made of; null where no map could be read
 */
export async function addOriginalPlaces(
  evidence: readonly Pick<Evidence, "file" | "line" | "column" | "source">[],
  maps: readonly SourceMapFile[],
  log: DiagnosticLog,
): Promise<SourceStats | null> {
  const lines = new Map<string, number>();
  for (const map of maps) {
    const own = evidence.filter(({ file }) => file === map.describes);
    try {
      const original = await originalFiles(map, own);
      const known = original.places.filter((place) => place !== null).length;
      if (own.length >= ASKED && known < own.length * KNOWN) {
        log.add(
          "source-map",
          `${printableName(map.path)}: knows ${known} of ${own.length} places, so it is of another build`,
        );
        continue;
      }
      own.forEach((e, i) => {
        const place = original.places[i];
        if (place) e.source = place;
      });
      for (const [name, count] of original.lines) lines.set(name, count);
    } catch (cause) {
      log.add("source-map", `${printableName(map.path)}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  if (lines.size === 0) return null;
  const own = [...lines].filter(([name]) => !/(^|\/)node_modules\//.test(name));
  return { files: lines.size, firstParty: own.length, lines: own.reduce((sum, [, count]) => sum + count, 0) };
}
