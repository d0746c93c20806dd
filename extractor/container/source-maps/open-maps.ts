import { packageOf } from "../../model/bundled-package.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { BundledPackage, SourceStats } from "../../model/report.ts";
import type { SourceFile, SourceMapFile } from "../../model/source-file.ts";
import { printableName } from "../entry-path.ts";
import { nameVerdict } from "../file-kind.ts";
import { type MapText, readMapText } from "./map-text.ts";
import { PackageInventory } from "./package-inventory.ts";

/** A source map that can be read, and whose contents still are bytes. */
export interface OpenMap {
  path: string;
  /** Path of the generated file. */
  describes: string;
  text: MapText;
}

/** What the program was made of. */
export interface Sources {
  stats: SourceStats;
  packages: BundledPackage[];
}

/** A map that is none is a diagnostic. */
export function openMaps(maps: readonly SourceMapFile[], log: DiagnosticLog): OpenMap[] {
  return maps.flatMap(({ path, describes, map }) => {
    try {
      return [{ path, describes, text: readMapText(map) }];
    } catch (cause) {
      log.add("source-map", `${printableName(path)}: ${cause instanceof Error ? cause.message : String(cause)}`);
      return [];
    }
  });
}

/** Null where no map names a source. */
export function sourcesMadeOf(maps: readonly OpenMap[]): Sources | null {
  const lines = new Map<string, number>();
  const packages = new PackageInventory();
  for (const { text } of maps) {
    for (const section of text.sections) {
      packages.add(section);
      section.files.forEach((file, i) => {
        if (packageOf(file) !== null) lines.set(file, 0);
        else if (!lines.get(file)) lines.set(file, section.lines(i));
      });
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

/** Files carry the maps of the step before the bundler's. */
const INLINE_MAP = /\n\/\/[#@] sourceMappingURL=data:[^\n]*\s*$/;

/**
 * The code that maps hold, one file at a time, of files with the same name the first.
 * @param beside texts of the package's own files by path: a map may leave out what lies there
 */
export function* originalSources(
  maps: readonly OpenMap[],
  log: DiagnosticLog,
  beside: ReadonlyMap<string, string> = new Map(),
): Generator<SourceFile> {
  const seen = new Set<string>();
  for (const { path: map, text } of maps) {
    for (const section of text.sections) {
      for (const [i, path] of section.files.entries()) {
        if (seen.has(path) || nameVerdict(path) !== "code" || path.endsWith(".json")) continue;
        seen.add(path);
        const content = section.content(i) ?? fileAbove(map, path, beside);
        if (content === null) log.add("source-map", `${printableName(path)}: the map doesn't hold its text`);
        else {
          const code = content.replace(INLINE_MAP, "");
          yield { path, text: code, bytes: Buffer.byteLength(code), origin: { kind: "entry" } };
        }
      }
    }
  }
}

/** `src/a.ts` as of the folder of the map, or of one above it. */
function fileAbove(map: string, path: string, texts: ReadonlyMap<string, string>): string | null {
  const folders = map.split("/").slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const found = texts.get([...folders.slice(0, depth), path].join("/"));
    if (found !== undefined) return found;
  }
  return null;
}
