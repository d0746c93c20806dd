import { type OpenMap, originalSources } from "./container/source-maps/open-maps.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Place, Surroundings } from "./model/explanation.ts";
import { grouped } from "./model/group.ts";
import { LineIndex } from "./syntax/positions.ts";
import { surroundingsIn } from "./syntax/surroundings.ts";

/**
 * Adds to each place the function, class and module around it, by the original source where a map holds its text,
 * else by the code that runs. A module is a matter of the bundle alone.
 * @param texts of the code that runs, by path
 */
export function nameScopes(
  places: readonly Place[],
  texts: ReadonlyMap<string, string>,
  maps: readonly OpenMap[],
): void {
  addNames(places, texts, (place) => place);
  const originals = places.filter(({ source }) => source !== undefined);
  const wanted = new Set(originals.map(({ source }) => source!.file));
  const sources = new Map<string, string>();
  // what is wrong with a map was said when the report was made
  for (const { path, text } of originalSources(maps, new DiagnosticLog(), texts))
    if (wanted.has(path)) sources.set(path, text);
  addNames(originals, sources, ({ source }) => source!);
}

interface Position {
  file: string;
  line: number;
  column: number;
}

function addNames(
  places: readonly Place[],
  texts: ReadonlyMap<string, string>,
  positionOf: (place: Place) => Position,
): void {
  for (const [file, own] of grouped(places, (place) => positionOf(place).file)) {
    const text = texts.get(file);
    if (text === undefined) continue;
    const lines = new LineIndex(text);
    const offsets = new Map<Place, number>();
    for (const place of own) {
      const offset = lines.offsetOf(positionOf(place));
      if (offset !== null) offsets.set(place, offset);
    }
    const found = surroundingsIn(text, file, [...offsets.values()]);
    for (const [place, offset] of offsets) if (found.has(offset)) setWithin(place, found.get(offset)!);
  }
}

function setWithin(place: Place, { name, module }: Surroundings): void {
  const known = module ?? place.within?.module;
  const within = { ...(name === undefined ? {} : { name }), ...(known === undefined ? {} : { module: known }) };
  if (Object.keys(within).length > 0) place.within = within;
  else delete place.within;
}
