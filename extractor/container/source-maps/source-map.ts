import { posix } from "node:path";
import { type RawSourceMap, SourceMapConsumer } from "source-map";
import type { SourceFile, SourceMapFile } from "../../model/source-file.ts";
import type { MapText } from "./map-text.ts";

/** What a map says of a place in the generated file. */
export interface MappedPlace {
  section: number;
  /** Of the source in its section. */
  index: number;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** What is called so there, where the map has names. */
  name: string | null;
  /** Something begins at this very place: the map doesn't only know what stands before. */
  exact: boolean;
}

/** `//# sourceMappingURL=data:application/json;base64,…` at the end of a file. */
const INLINE = /\/[/*][#@] sourceMappingURL=data:application\/json[^,]*?(;base64)?,([\w+/=%.~!*'()-]+)\s*(?:\*\/)?\s*$/;

/** The map that a file carries in itself; null where it has none. */
export function inlineMap({ path, text, origin }: SourceFile): SourceMapFile | null {
  const at = text.lastIndexOf("sourceMappingURL=data:");
  const found = at < 0 ? null : INLINE.exec(text.slice(Math.max(0, at - 5)));
  if (!found) return null;
  const [, base64, data] = found;
  const map = base64 ? Buffer.from(data!, "base64") : Buffer.from(safelyDecoded(data!));
  return { path: `${path}.map`, describes: path, map, bytes: map.length, origin };
}

/** `//# sourceMappingURL=maps/cli.js.map` at the end of a file. */
const EXTERNAL = /\/[/*][#@] sourceMappingURL=([^\s'"*]+)\s*(?:\*\/)?\s*$/;
/** The comment is looked for in so many characters. */
const TAIL = 2000;

/** Path of the map that a file names, beside it or in another folder of the package; null where it names none. */
export function namedMap({ path, text }: SourceFile): string | null {
  const name = EXTERNAL.exec(text.slice(-TAIL))?.[1];
  if (name === undefined || /^(?:[a-z][\w+.-]*:|\/)/i.test(name)) return null;
  return posix.join(posix.dirname(path), safelyDecoded(name));
}

function safelyDecoded(data: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}

/** What bundlers put before a call, and no map knows: `(0, a.b)()`. */
const WRAPPING = "(0, ";

/**
 * Looks places of the generated file up.
 * @param places 1-based
 * @returns in the order of the places asked for; null where the map says nothing
 * @throws Error with the reason in words if the map can't be read
 */
export async function mappedPlaces(
  { positions }: MapText,
  places: readonly { line: number; column: number }[],
): Promise<(MappedPlace | null)[]> {
  const consumer = await new SourceMapConsumer(positions as RawSourceMap);
  try {
    const at = (line: number, column: number) =>
      column < 0 ? null : placeOf(consumer.originalPositionFor({ line, column }));
    return places.map(({ line, column }) => {
      const found = at(line, column - 1);
      if (found === null) return null;
      if (!isSame(found, at(line, column - 2))) return { ...found, exact: true };
      for (let ahead = 0; ahead < WRAPPING.length; ahead++) {
        const next = at(line, column + ahead);
        if (next !== null && !isSame(found, next)) return { ...next, exact: true };
      }
      return { ...found, exact: false };
    });
  } finally {
    consumer.destroy();
  }
}

type Place = Omit<MappedPlace, "exact">;

const isSame = (a: Place, b: Place | null): boolean =>
  b !== null && a.index === b.index && a.line === b.line && a.column === b.column;

type Original = ReturnType<SourceMapConsumer["originalPositionFor"]>;

/** Sources are named `section/index` by the reader of the map's text. */
function placeOf({ source, line, column, name }: Original): Place | null {
  const named = source === null ? null : /(\d+)\/(\d+)$/.exec(source);
  if (named === null || line === null) return null;
  return { section: Number(named[1]), index: Number(named[2]), line, column: (column ?? 0) + 1, name };
}

/**
 * A place of an original file; `source` as the reader of the map's text names it, null for a file that it doesn't
 * know.
 */
interface PlaceInSource {
  source: string | null;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
}

/** A call begins with the name of what is called, and what is mapped may be a later part of that. */
const NAME_LENGTH = 80;

/**
 * For each place of an original file, whether something of the generated file was made of what begins there.
 * @throws Error with the reason in words if the map can't be read
 */
export async function isMapped({ positions }: MapText, places: readonly PlaceInSource[]): Promise<boolean[]> {
  const consumer = await new SourceMapConsumer(positions as RawSourceMap);
  try {
    return places.map(({ source, line, column }) => {
      if (source === null) return false;
      return consumer.allGeneratedPositionsFor({ source, line, column: column - 1 }).some((generated) => {
        if (generated.line === null || generated.column === null) return false;
        const back = consumer.originalPositionFor({ line: generated.line, column: generated.column });
        const distance = (back.column ?? -1) + 1 - column;
        return back.line === line && distance >= 0 && distance < NAME_LENGTH;
      });
    });
  } finally {
    consumer.destroy();
  }
}
