import { bareValue, decoded, type Judge } from "./judge.ts";
import { strengthOf } from "./names.ts";

/** A secret in a text, from `start` up to `end`. */
export interface SecretSpan {
  start: number;
  end: number;
  /** Itself: without what surrounds or encodes it. */
  value: string;
  sentAs: string;
  kind: string;
}

/** Parts of a URL are cut at holes as well: written as braces, or as private characters. */
const HOLE = /\{[^{}]*\}|[\ue000-\uf8ff]/;
const ANY_HOLE = new RegExp(HOLE.source, "g");
/** Values of this length are not looked at inside: no key is as long. */
const LONGEST = 8192;
/** No key without a name is shorter. */
const SHORTEST = 8;
/** In front of a revision of a repository, which is no secret. */
const REVISION = /^(?:commits?|blob|tree|raw|compare|pull|archive|refs|rev|revision|objects)$/i;
const DIGEST = /^[\da-f]{7,64}$/i;
/** `bot12345:key`: what stands in front is a word of the API. */
const WORD_AND_KEY = /^([a-z]{2,12})(\d{4,}:[\w-]{12,})$/;

/**
 * The secrets in a URL or in a text that may be one, in order, without overlaps.
 * @param judge says what is secret, and of which kind
 */
export function secretsIn(url: string, judge: Judge): SecretSpan[] {
  const found: SecretSpan[] = [];
  const add: Add = (start, value, sentAs, { width, kind } = { width: value.length, kind: judge(value, sentAs) }) => {
    if (kind !== null && value !== "") found.push({ start, end: start + width, value: decoded(value), sentAs, kind });
  };
  const search = { judge, add };
  const origin = /^[\s\u0000-\u001f]*[a-z][a-z\d+.-]*:[/\\]*/i.exec(url)?.[0] ?? (url.startsWith("//") ? "//" : "");
  const hashAt = indexFrom(url, "#", origin.length);
  const queryAt = Math.min(indexFrom(url, "?", origin.length), hashAt);
  const hasHost = /[/\\]{2}$/.test(origin) || /^\s*(?:https?|wss?|ftp):/i.test(origin);
  const pathAt = hasHost ? Math.min(firstOf(url, /[/\\]/g, origin.length), queryAt) : origin.length;
  if (hasHost) inUserInfo(url.slice(origin.length, pathAt), origin.length, add);
  inPath(url.slice(pathAt, queryAt), pathAt, search);
  if (queryAt < hashAt) inPairs(url.slice(queryAt + 1, hashAt), queryAt + 1, "query", search);
  if (hashAt < url.length) inPairs(url.slice(hashAt + 1), hashAt + 1, "fragment", search);
  return found.sort((a, b) => a.start - b.start);
}

/** @param judged how wide the value is in the text, and what it is; else its own length, and what the judge says */
type Add = (start: number, value: string, sentAs: string, judged?: { width: number; kind: string | null }) => void;

interface Search {
  judge: Judge;
  add: Add;
}

function indexFrom(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at;
}

function firstOf(text: string, what: RegExp, from: number): number {
  what.lastIndex = from;
  return what.exec(text)?.index ?? text.length;
}

/** `user:password@`; a user without a password may be a token. */
function inUserInfo(authority: string, from: number, add: Add): void {
  const at = authority.lastIndexOf("@");
  if (at < 0) return;
  const info = authority.slice(0, at);
  const colon = info.indexOf(":");
  const user = info.slice(0, colon < 0 ? info.length : colon);
  for (const [offset, literal] of literals(user)) add(from + offset, literal, "user");
  if (colon < 0) return;
  for (const [offset, literal] of literals(info.slice(colon + 1))) add(from + colon + 1 + offset, literal, "userinfo");
}

/** What a text spells out between its holes. */
function literals(text: string): [number, string][] {
  const out: [number, string][] = [];
  let from = 0;
  for (const { index, 0: hole } of text.matchAll(ANY_HOLE)) {
    if (index > from) out.push([from, text.slice(from, index)]);
    from = index + hole.length;
  }
  if (from < text.length) out.push([from, text.slice(from)]);
  return out;
}

function inPath(path: string, from: number, search: Search): void {
  let at = 0;
  let before = "";
  for (const segment of path.split(/[/\\]/)) {
    if (!(REVISION.test(before) && DIGEST.test(segment))) inSegment(segment, from + at, search);
    before = segment;
    at += segment.length + 1;
  }
}

/** `name;jsessionid=value,other=value` as well. */
function inSegment(segment: string, from: number, search: Search): void {
  if (segment.length < 4) return;
  let at = 0;
  for (const part of segment.split(/[;,&]/)) {
    const equals = part.indexOf("=");
    const name = equals > 0 ? part.slice(0, equals) : "";
    if (/^[\w.-]+$/.test(name) && equals < part.length - 1 && !part.slice(equals).match(/^=+$/))
      inValue([name, part.slice(equals + 1)], from + at + equals + 1, "query", search);
    else for (const [offset, literal] of literals(part)) inPiece(literal, from + at + offset, search);
    at += part.length + 1;
  }
}

/** A path has keys as whole segments, or as what stands between its punctuation: `id@key`, `name:key`. */
function inPiece(piece: string, from: number, { judge, add }: Search): void {
  if (piece.length < SHORTEST) return;
  const [, word, key] = WORD_AND_KEY.exec(piece) ?? [];
  const kind = word === undefined ? judge(piece, "path") : null;
  // the word says that a key follows, whatever it looks like
  const kindOfKey = word === undefined ? null : judge(key!, word === "bot" ? "auth" : "path");
  if (word !== undefined) add(from + word.length, key!, "path", { width: key!.length, kind: kindOfKey });
  if (kind !== null) add(from, piece, "path", { width: piece.length, kind });
  if (word !== undefined || kind !== null) return;
  let at = 0;
  const parts = piece.split(/[@:!$'()*|]|%40|%3A/i);
  if (parts.length === 1) return;
  for (const part of parts) {
    const start = piece.indexOf(part, at);
    add(from + start, part, "path");
    at = start + part.length;
  }
}

function inPairs(text: string, from: number, way: "query" | "fragment", search: Search): void {
  let at = 0;
  for (const pair of text.split(/[&;]/)) {
    const equals = pair.indexOf("=");
    if (equals < 0) {
      // `?key` alone, `#/route/key?token=…`
      let offset = at;
      for (const part of pair.split(/[/?]/)) {
        for (const [inside, literal] of literals(part)) inPiece(literal, from + offset + inside, search);
        offset += part.length + 1;
      }
    } else {
      const name = pair.slice(0, equals).replace(/^.*[?/!]/s, "");
      inValue([decoded(name), pair.slice(equals + 1)], from + at + equals + 1, way, search);
    }
    at += pair.length + 1;
  }
}

/** A value and, where it holds a text of its own (`redirect=https%3A%2F%2F…`, JSON), what is secret in there. */
function inValue(
  [name, value]: [name: string, value: string],
  from: number,
  way: "query" | "fragment",
  { judge, add }: Search,
): void {
  const sentAs = `query ${name}`;
  for (const [offset, literal] of literals(value)) {
    if (literal.length > LONGEST) continue;
    const plain = decoded(literal.replaceAll("+", " "));
    const inside =
      plain === literal && way === "query" && !/[:{"]/.test(literal) ? undefined : secretInText(plain, judge);
    const whole = strengthOf(name) === "secret" || inside === undefined;
    const kind = whole ? judge(literal, sentAs) : inside!.kind;
    if (kind === null && inside === undefined) continue;
    if (kind !== null && whole) add(from + offset, literal, sentAs, { width: literal.length, kind });
    else if (inside !== undefined)
      add(from + offset, inside.value, inside.sentAs, { width: literal.length, kind: inside.kind });
  }
}

const MEMBER = /["']?([\w.-]{1,80})["']?\s*[:=]\s*["']?([^"'\s,;&{}]{4,})/g;

/** The first secret of a text inside another. */
function secretInText(text: string, judge: Judge): { value: string; sentAs: string; kind: string } | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text) || /^[/?]/.test(text)) return secretsIn(text, judge)[0];
  for (const [, name, value] of text.matchAll(MEMBER)) {
    const sentAs = `query ${name}`;
    const bare = bareValue(value!);
    const kind = judge(bare, sentAs);
    if (kind !== null) return { value: bare, sentAs, kind };
  }
  return undefined;
}
