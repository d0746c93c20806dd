import type { OriginalPlace } from "../../model/report.ts";
import type { OpenMap } from "./open-maps.ts";
import { isMapped } from "./source-map.ts";

const keyOf = ({ file, line, column }: OriginalPlace): string => `${line}:${column} ${file}`;

/** Which of these places of original files have code in what was made of them. */
export async function bundledPlaces(
  places: readonly OriginalPlace[],
  maps: readonly OpenMap[],
): Promise<(place: OriginalPlace) => boolean> {
  const found = new Set<string>();
  for (const { text } of maps) {
    const sources = new Map(
      text.sections.flatMap(({ files }, section) =>
        files.map((file, i): [string, string] => [file, `${section}/${i}`]),
      ),
    );
    const asked = places.map(({ file, line, column }) => ({ source: sources.get(file) ?? null, line, column }));
    (await isMapped(text, asked)).forEach((mapped, i) => {
      if (mapped) found.add(keyOf(places[i]!));
    });
  }
  return (place) => found.has(keyOf(place));
}
