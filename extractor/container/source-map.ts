import { type RawSourceMap, SourceMapConsumer } from "source-map";
import type { SourceFile, SourceMapFile } from "../model/source-file.ts";

/** A place in an original file; 1-based. */
export interface OriginalPlace {
  file: string;
  line: number;
  column: number;
}

/** What a source map knows, read for good: nothing of the map is kept. */
export interface OriginalFiles {
  /** Lines of each file by its normalised name; 0 where the map doesn't hold the content. */
  lines: Map<string, number>;
  /** In the order of the places asked for; null where the map says nothing. */
  places: (OriginalPlace | null)[];
}

/** `//# sourceMappingURL=data:application/json;base64,…` at the end of a file. */
const INLINE = /\/[/*][#@] sourceMappingURL=data:application\/json[^,]*?(;base64)?,([\w+/=%.~!*'()-]+)\s*(?:\*\/)?\s*$/;

/** The map that a file carries in itself; null where it has none. */
export function inlineMap({ path, text, origin }: SourceFile): SourceMapFile | null {
  const at = text.lastIndexOf("sourceMappingURL=data:");
  const found = at < 0 ? null : INLINE.exec(text.slice(Math.max(0, at - 5)));
  if (!found) return null;
  const [, base64, data] = found;
  const map = base64 ? Buffer.from(data!, "base64").toString("utf8") : safelyDecoded(data!);
  return { path: `${path}.map`, describes: path, map, bytes: Buffer.byteLength(map), origin };
}

function safelyDecoded(data: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}

/**
 * Looks places of the generated file up.
 * @param places 1-based
 * @throws Error with the reason in words if it is no source map that can be read
 */
export async function originalFiles(
  { map }: SourceMapFile,
  places: readonly { line: number; column: number }[],
): Promise<OriginalFiles> {
  // the contents are most of a map; the reader of positions must not copy them
  const parsed: unknown = JSON.parse(map.replace(/^\)\]\}'[^\n]*\n/, ""));
  const sections = sectionsOf(parsed);
  const lines = new Map(sections.flatMap(linesOf));
  for (const section of sections) delete section.sourcesContent;
  const consumer = await new SourceMapConsumer(parsed as RawSourceMap);
  try {
    return {
      lines,
      places: places.map(({ line, column }) => {
        const found = consumer.originalPositionFor({ line, column: column - 1 });
        if (found.source === null || found.line === null) return null;
        return { file: sourceName(found.source), line: found.line, column: (found.column ?? 0) + 1 };
      }),
    };
  } finally {
    consumer.destroy();
  }
}

interface Section {
  sources: (string | null)[];
  sourceRoot?: string;
  sourcesContent?: (string | null)[];
}

/** The map itself, or the maps an index map is made of. */
function sectionsOf(parsed: unknown): Section[] {
  if (typeof parsed !== "object" || parsed === null) throw new Error("not an object");
  if ("sections" in parsed) {
    const { sections } = parsed as { sections: unknown };
    if (!Array.isArray(sections)) throw new Error('"sections" is no list');
    return sections.map((section: { map?: unknown }) => plainSection(section?.map));
  }
  return [plainSection(parsed)];
}

function plainSection(map: unknown): Section {
  const section = map as Section | null | undefined;
  if (typeof section !== "object" || section === null || !Array.isArray(section.sources))
    throw new Error('no list of "sources"');
  return section;
}

function linesOf({ sources, sourceRoot, sourcesContent }: Section): [name: string, lines: number][] {
  const contents = Array.isArray(sourcesContent) ? sourcesContent : [];
  return sources.map((source, i) => [sourceName(`${sourceRoot ?? ""}${source ?? ""}`), lineCount(contents[i])]);
}

/** Ends of lines, as `wc -l` counts. */
function lineCount(content: unknown): number {
  if (typeof content !== "string") return 0;
  let lines = 0;
  for (let at = content.indexOf("\n"); at >= 0; at = content.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** `../src/a.ts`, `webpack://name/./src/a.ts`, `/home/me/src/a.ts` -> a path that leads nowhere outside. */
function sourceName(source: string): string {
  const path = source.replace(/^[a-z][a-z0-9+.-]*:\/\/(\/|[^/]*\/)?/i, "").replace(/\\/g, "/");
  const parts = path.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.join("/") || source;
}
