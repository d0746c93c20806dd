import { strengthOf } from "./names.ts";
import { looksLikeKey, looksRandom } from "./random.ts";

/**
 * How a value goes out: `header X-Key`, `query key`, `body field`, `option apiKey`, `userinfo`, `user`, `basic`,
 * `auth`, `path`, `fragment`; null for a literal of which nothing is known but its text.
 */
export type SentAs = string | null;

/** Says of a value that it is secret: the kind it is of, or null. */
export type Judge = (value: string, sentAs: SentAs) => string | null;

/** Nobody's: what an example or an empty setting holds. */
const STAND_IN =
  /^(?:|true|false|null|undefined|none|yes|no|on|off|\d{1,4}|[<{[(].*[>}\])]|[*x.•-]+|\.{3}|\$\{?\w*\}?|%s|:\w+|your[-_ ]?.*|my[-_ ]?(?:api[-_ ]?)?(?:key|token|secret)|.*[-_](?:here|placeholder))$/i;
const SCHEME = /^(?:Bearer|Basic|Token|Digest|ApiKey|Bot|AWS4-HMAC-SHA256|Splunk|GenieKey|Key)\s+/i;
/** A key in a header, an option or a body: names of services that need none, such as `ollama`, are short words. */
const SHORTEST = 8;

/** `Basic dXNlcjpwYXNz`: user and password. */
export const isBasic = (value: string): boolean => /^Basic\s/i.test(value);

/** The key itself: without the scheme of an Authorization header; of a user and a password, the password. */
export function bareValue(value: string): string {
  const bare = value.replace(SCHEME, "");
  return isBasic(value) ? passwordOf(fromBase64(bare) ?? bare) : bare;
}

/** `user:password` -> password; `key:`, as services want that know no users, -> key. */
export function passwordOf(pair: string): string {
  const colon = pair.indexOf(":");
  return colon < 0 ? pair : pair.slice(colon + 1) || pair.slice(0, colon);
}

/** Printable text that was encoded; null for anything else. */
function fromBase64(text: string): string | null {
  if (!/^[A-Za-z\d+/_-]+={0,2}$/.test(text) || text.length < 4) return null;
  const plain = Buffer.from(text, "base64").toString("latin1");
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(plain) ? plain : null;
}

/** What `header X-Key` names; null for a way without a name. */
const nameIn = (sentAs: string): string | null => {
  const at = sentAs.indexOf(" ");
  return at < 0 ? null : sentAs.slice(at + 1);
};

/**
 * The one decision on what is secret, by how a value goes out and what it looks like; signatures add kinds that they
 * know by shape. Where a value is printed with its URL, it is secret unless it surely is not.
 */
export function isSecret(value: string, sentAs: SentAs): boolean {
  const bare = bareValue(value.trim());
  if (STAND_IN.test(bare)) return false;
  if (isBasic(value)) return true;
  if (sentAs === null) return looksRandom(bare);
  const way = sentAs.split(" ", 1)[0]!;
  if (way === "userinfo" || way === "auth" || way === "basic") return true;
  if (way === "user") return bare.length >= 12 && isChosenByNobody(bare);
  if (way === "path" || way === "fragment" || way === "query") return isSecretInUrl(bare, way, nameIn(sentAs));
  const strength = strengthOf(nameIn(sentAs) ?? "");
  if (strength === "secret") return bare.length >= SHORTEST && isChosenByNobody(bare);
  return looksRandom(bare);
}

function isSecretInUrl(value: string, way: string, name: string | null): boolean {
  const strength = way === "query" && name !== null ? strengthOf(name) : "none";
  if (strength === "secret") return true;
  if (looksLikeKey(decoded(value))) return true;
  return strength === "perhaps" && value.length >= SHORTEST && isChosenByNobody(value) && !/^[\d.-]+$/.test(value);
}

/** Not one word, a version, a URL, a MIME type: letters of both cases or digits are mixed. */
const isChosenByNobody = (value: string): boolean =>
  !/\s/.test(value) &&
  !/^[a-z]+(?:[-_./ ][a-z]+)*$|^[A-Z]+(?:_[A-Z]+)*$|^[A-Z]?[a-z]+(?:[A-Z][a-z]+)+$|^https?:|^[\w.-]+\/\d+(\.\d+)*/.test(
    value,
  );

/** Percent-escapes undone, as often as they were made. */
export function decoded(text: string): string {
  let now = text;
  for (let times = 0; times < 3 && now.includes("%"); times++) {
    try {
      const next = decodeURIComponent(now);
      if (next === now) break;
      now = next;
    } catch {
      break;
    }
  }
  return now;
}
