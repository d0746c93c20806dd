/** Ways in which a source map can be wrong, each made of a good one. */

/** No map, or no map of this file: told, and nothing is taken from it. */
export const UNREADABLE: [string, (good: string) => string][] = [
  ["nothing", () => ""],
  ["no JSON", () => "{ sources"],
  ["cut off", (good) => good.slice(0, 80)],
  ["null", () => "null"],
  ["a number", () => "7"],
  ["a list", () => "[]"],
  ["a million brackets", () => "[".repeat(1_000_000)],
  ["no sources", () => JSON.stringify({ version: 3, mappings: "" })],
  ["sources that are no list", changed({ sources: "src/a.ts" })],
  ["another version", changed({ version: 2 })],
  ["no version", changed({ version: undefined })],
  ["mappings of other characters", changed({ mappings: "!!!!,####" })],
  ["mappings that break off", changed({ mappings: "g" })],
  ["mappings that are no text", changed({ mappings: 7 })],
  ["sections that are no list", () => JSON.stringify({ version: 3, sections: 5 })],
  ["a section without a map", () => sections({ offset: { line: 0, column: 0 } })],
  ["a section at another address", () => sections({ offset: { line: 0, column: 0 }, url: "self.map" })],
  ["a section without a place", (good) => sections({ map: JSON.parse(good) })],
  ["a section that is null", () => sections(null)],
  ["sections inside sections", (good) => nested(JSON.parse(good), 500)],
];

/** A map with a fault that leaves something to read, or nothing to tell. */
export const FAULTY: [string, (good: string) => string][] = [
  ["contents that are null", changed({ sourcesContent: [null] })],
  ["contents that are no list", changed({ sourcesContent: "x" })],
  ["more contents than sources", changed({ sourcesContent: ["a", "b", "c"] })],
  ["a source that is null", changed({ sources: [null] })],
  ["mappings to sources that aren't there", changed({ mappings: "AyBAA" })],
  ["100,000 sources", changed({ sources: Array.from({ length: 100_000 }, (_, i) => `src/${i}.ts`) })],
  ["sources that lead outside", changed({ sources: ["../../../../etc/passwd"] })],
];

function changed(change: object): (good: string) => string {
  return (good) => JSON.stringify({ ...JSON.parse(good), ...change });
}

function sections(...all: unknown[]): string {
  return JSON.stringify({ version: 3, sections: all });
}

function nested(map: unknown, depth: number): string {
  let inner = map;
  for (let i = 0; i < depth; i++) inner = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: inner }] };
  return JSON.stringify(inner);
}
