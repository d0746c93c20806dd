import { sourceName } from "./source-name.ts";

/** One map, or one section of an index map: its sources, whose contents stay bytes until somebody asks for one. */
export interface MapSection {
  /** Normalised names, one for each source. */
  readonly files: readonly string[];
  /** Ends of lines in a source, as `wc -l` counts; 0 where the map doesn't hold it. */
  lines(index: number): number;
  /** Null where the map doesn't hold it. */
  content(index: number): string | null;
  /** How a source begins, as written in JSON; empty where the map doesn't hold it. */
  head(index: number): string;
}

/** A source map without the contents of its sources, which are most of it. */
export interface MapText {
  /** As parsed, with sources named `section/index`, and without contents: what a reader of positions needs. */
  positions: object;
  sections: MapSection[];
}

/** Where a string stands in the bytes, quotes included; null for what is no string. */
type Range = [start: number, end: number] | null;

const HEAD = 200;
const KEY = Buffer.from('"sourcesContent"');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const END_OF_LIST = 0x5d;
const LETTER_N = 0x6e;

/**
 * Reads a source map of version 3. A map of 60 MB holds 47 MB of sources: these are never made strings here.
 * @param bytes JSON as UTF-8
 * @throws Error with the reason in words if it is none
 */
export function readMapText(bytes: Buffer): MapText {
  const { json, lists } = withoutContents(bytes);
  const parsed: unknown = JSON.parse(json.replace(/^\ufeff?(?:\)\]\}'[^\n]*\n)?/, ""));
  const sections = plainMaps(parsed).map((map, number) => {
    const contents = typeof map.sourcesContent === "number" ? lists[map.sourcesContent] : undefined;
    return sectionOf(bytes, map, contents ?? [], number);
  });
  return { positions: parsed as object, sections };
}

interface PlainMap {
  sources: unknown[];
  sourceRoot?: unknown;
  sourcesContent?: unknown;
}

/** The map itself, or the maps an index map is made of. */
function plainMaps(parsed: unknown): PlainMap[] {
  if (typeof parsed !== "object" || parsed === null) throw new Error("not an object");
  if (!("sections" in parsed)) return [plainMap(parsed)];
  const { sections } = parsed;
  if (!Array.isArray(sections)) throw new Error('"sections" is no list');
  return sections.map((section: { map?: unknown } | null) => plainMap(section?.map));
}

function plainMap(map: unknown): PlainMap {
  if (typeof map !== "object" || map === null || !("sources" in map) || !Array.isArray(map.sources))
    throw new Error('no list of "sources"');
  return map as PlainMap;
}

function sectionOf(bytes: Buffer, map: PlainMap, ranges: readonly Range[], number: number): MapSection {
  const root = typeof map.sourceRoot === "string" ? map.sourceRoot.replace(/[^/]$/, "$&/") : "";
  const files = map.sources.map((source) => sourceName(root + (typeof source === "string" ? source : "")));
  delete map.sourcesContent;
  delete map.sourceRoot;
  map.sources = files.map((_, i) => `${number}/${i}`);
  return {
    files,
    lines: (index) => lineCount(bytes, ranges[index] ?? null),
    content: (index) => contentOf(bytes, ranges[index] ?? null),
    head: (index) => headOf(bytes, ranges[index] ?? null),
  };
}

function contentOf(bytes: Buffer, range: Range): string | null {
  if (range === null) return null;
  try {
    const content: unknown = JSON.parse(bytes.toString("utf8", range[0], range[1]));
    return typeof content === "string" ? content : null;
  } catch {
    return null;
  }
}

function headOf(bytes: Buffer, range: Range): string {
  return range === null ? "" : bytes.toString("utf8", range[0] + 1, Math.min(range[1] - 1, range[0] + 1 + HEAD));
}

function lineCount(bytes: Buffer, range: Range): number {
  let lines = 0;
  for (let at = range?.[0] ?? 0, end = range?.[1] ?? 0; at < end; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    at++;
    if (bytes[at] === LETTER_N || bytes.toString("latin1", at, at + 5).toLowerCase() === "u000a") lines++;
  }
  return lines;
}

/** The JSON text with its number in place of each list of contents. */
function withoutContents(bytes: Buffer): { json: string; lists: Range[][] } {
  const pieces: string[] = [];
  const lists: Range[][] = [];
  let done = 0;
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + 1)) {
    const bracket = at < done ? null : listAfter(bytes, at + KEY.length);
    const list = bracket === null ? null : stringsOf(bytes, bracket);
    if (bracket === null || list === null) continue;
    pieces.push(bytes.toString("utf8", done, bracket), String(lists.length));
    lists.push(list.strings);
    done = list.end;
  }
  pieces.push(bytes.toString("utf8", done));
  return { json: pieces.join(""), lists };
}

/** Offset of the bracket behind a key; null where something else follows. */
function listAfter(bytes: Buffer, at: number): number | null {
  const colon = skipSpace(bytes, at);
  if (bytes[colon] !== 0x3a) return null;
  const bracket = skipSpace(bytes, colon + 1);
  return bytes[bracket] === 0x5b ? bracket : null;
}

/** The strings of a flat list and the offset behind it; null where it is none. */
function stringsOf(bytes: Buffer, list: number): { strings: Range[]; end: number } | null {
  const strings: Range[] = [];
  let at = skipSpace(bytes, list + 1);
  if (bytes[at] === END_OF_LIST) return { strings, end: at + 1 };
  for (;;) {
    if (bytes[at] === QUOTE) {
      const end = endOfString(bytes, at);
      strings.push([at, end]);
      at = end;
    } else if (bytes.toString("latin1", at, at + 4) === "null") {
      strings.push(null);
      at += 4;
    } else return null;
    at = skipSpace(bytes, at);
    if (bytes[at] === END_OF_LIST) return { strings, end: at + 1 };
    if (bytes[at] !== COMMA) return null;
    at = skipSpace(bytes, at + 1);
  }
}

/** Offset behind the closing quote; the end of the bytes where there is none. */
function endOfString(bytes: Buffer, open: number): number {
  for (let at = bytes.indexOf(QUOTE, open + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let escapes = at;
    while (bytes[escapes - 1] === BACKSLASH) escapes--;
    if ((at - escapes) % 2 === 0) return at + 1;
  }
  return bytes.length;
}

function skipSpace(bytes: Buffer, at: number): number {
  let next = at;
  while (bytes[next] === 0x20 || bytes[next] === 0x0a || bytes[next] === 0x0d || bytes[next] === 0x09) next++;
  return next;
}
