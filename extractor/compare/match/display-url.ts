import { decoded, isSecret, type Judge } from "../../secrets/judge.ts";
import { maskUrl } from "../../secrets/mask.ts";
import type { RequestTarget } from "./target.ts";

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const HEX = /^(?=.*\d)[\da-f]{12,}$/i;
const DIGITS = /^\d{4,}$/;
/** Long, with digits among letters of both cases, or without vowels' rhythm: keys, ULIDs, base64. */
const TOKEN = /^(?=.*\d)(?=.*[A-Za-z])[\w+=.~:-]{20,}$/;
const JWT = /^eyJ[\w-]{6,}\.[\w-]+/;
const PREFIXED_KEY =
  /^(sk|pk|rk|sdk|ghp|gho|ghs|ghu|xox[a-z]|glpat|AIza|client|pub|key|bot\d+:)[-_:]?(?=[\w-]*[a-z])(?=[\w-]*[A-Z\d])[\w-]{12,}$/;
/** An account's address, as `name@1.2.3.tgz` is none. */
const MAIL = /^[^@]+(?:@|%40)(?:[a-z\d-]*[a-z][a-z\d-]*\.)+[a-z]{2,}$/i;

/**
 * A URL that can be shown and counted: no user info, no query, and identifiers and keys in the path as `{id}`.
 * @param known segments that stand in the matched template and so are no identifiers
 */
export function displayUrl(target: RequestTarget, scheme: string, known: ReadonlySet<string>): string {
  if (!IDENTIFIER_POSSIBLE.test(target.rawPath)) return `${scheme}://${target.authority}${target.rawPath}`;
  const path = target.rawPath
    .split("/")
    .map((segment) => (known.has(segment) ? segment : displaySegment(segment)))
    .join("/");
  return `${scheme}://${target.authority}${path}`;
}

/** Most paths are short words, which the patterns above needn't look at. A key can be letters only. */
const IDENTIFIER_POSSIBLE = /\d|@|=|%|[\w+=.~:-]{14}/;

/** `items;jsessionid=…` keeps what is no identifier. */
function displaySegment(segment: string): string {
  if (segment.length < 4) return segment;
  if (isIdentifier(segment) || isIdentifier(decoded(segment))) return "{id}";
  return maskUrl(`/${segment}`, identifiers).slice(1);
}

const identifiers: Judge = (value, sentAs) => (isIdentifier(value) || isSecret(value, sentAs) ? "id" : null);

export function isIdentifier(segment: string): boolean {
  if (segment.length < 4) return false;
  const patterns = [UUID, HEX, DIGITS, JWT, PREFIXED_KEY, MAIL];
  return patterns.some((pattern) => pattern.test(segment)) || isToken(segment);
}

/** A release such as `linux-x64-2.1.91.tar.gz` or a dated model name is long and mixed as well, but made of words. */
function isToken(segment: string): boolean {
  if (segment.length >= 40 && /^[\w+=~:-]+$/.test(segment) && !/[-_.]/.test(segment)) return true;
  if (!TOKEN.test(segment)) return false;
  return segment.split(/[-_.:~]/).some((part) => part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part));
}

const PRODUCT_SECRET = /\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}\b/g;

/** A User-Agent as it can be shown: what looks like a key or an identifier is left out. */
export const displayUserAgent = (agent: string): string => agent.slice(0, 200).replace(PRODUCT_SECRET, "{id}");

/** Names of query parameters; a query that is one bare value has none. */
export function namesOfQuery(query: string): string[] {
  if (query === "") return [];
  const names = query
    .split("&")
    .filter((pair) => pair.includes("="))
    .map((pair) => pair.slice(0, pair.indexOf("=")));
  return [...new Set(names.map((name) => (isIdentifier(name) ? "{id}" : name)))].sort();
}
