/** Longer texts are documents. */
const LONGEST = 4096;
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;

/**
 * Made by a machine rather than a person: long enough, one word, letters and digits mixed, and many different ones
 * (Shannon entropy of 3 bits per character lies above identifiers and below hexadecimal keys).
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || value.length > LONGEST || !/^[\w+/=.:~-]+$/.test(value)) return false;
  if (!/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  // version numbers, MIME types, dates and dotted or dashed words: every part is a word or a number
  if (value.split(/[-_./:+=~]/).every((part) => /^([a-z]*|[A-Z]?[a-z]+|[A-Z]+|v?\d{1,4})$/.test(part))) return false;
  return entropy(value) >= 3;
}

/** Bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Letters alone, of both cases without the rhythm of words, or hardly a vowel among them. */
function isJumble(part: string): boolean {
  if (part.length < 20 || !/^[A-Za-z]+$/.test(part)) return false;
  const upper = part.replace(/[^A-Z]/g, "").length;
  const changes = part.match(/[a-z][A-Z]|[A-Z][a-z]/g)?.length ?? 0;
  const vowels = part.match(/[aeiouy]/gi)?.length ?? 0;
  const mixed = upper > 0 && upper < part.length;
  return mixed ? changes / part.length > 0.38 : vowels / part.length < 0.17;
}

/** A part of a name, a version, a date or a platform: `2024-07-31`, `x64`, `v1beta1`, `sha256`, `Llama3`. */
const WORD = /^(?:[a-z]*|[A-Z]*|[A-Z]?[a-z]+|v?\d{1,21}|[A-Za-z]{1,12}\d{1,3}[a-z]{0,6}\d{0,2}|\d{1,4}[A-Za-z]{1,10})$/;

/** A word, a number, or an identifier with the rhythm of words: `listModelsV2`, `over5minAgo`. */
function isWordy(part: string): boolean {
  if (WORD.test(part)) return true;
  if (!/[a-z]/.test(part)) return false;
  const runs = part.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  const words = runs.filter((run) => !/\d/.test(run));
  const letters = words.reduce((sum, run) => sum + run.length, 0);
  return letters >= words.length * 3.3 && letters >= part.length * 0.75;
}

/**
 * Could a segment of a path, or a value in a query, be a key? Stricter about what is harmless than `looksRandom`:
 * what is long and neither words nor numbers counts. Names with a content hash, a version or a date in them are not
 * keys.
 */
export function looksLikeKey(value: string): boolean {
  if (value.length < 16 || value.length > LONGEST || isNamed(value)) return false;
  if (/\s/.test(value)) return value.split(/\s+/).some(looksLikeKey);
  const parts = value.split(/[^A-Za-z\d]+/);
  if (parts.some(isJumble)) return true;
  if (/^\d{22,}$/.test(value)) return true;
  // keys are written in groups, too
  if (value.length >= 20 && parts.filter(mixes).length >= MOST_MIXED) return entropy(value) >= 3;
  const odd = parts.filter((part) => !isWordy(part));
  if (odd.length === 0) return false;
  const length = odd.reduce((sum, part) => sum + part.length, 0);
  return length >= 12 && (odd.some((part) => part.length >= 12 && mixes(part)) || length >= 16) && entropy(value) >= 3;
}

/** Names have a platform, a version and a format in them: `x64`, `v2`, `mp4`. */
const MOST_MIXED = 4;

const mixes = (part: string): boolean => /\d/.test(part) && /[a-z]/i.test(part);

const FILE = /\.(?:[cm]?[jt]sx?|css|json|map|wasm|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|html?|md|txt|pdf|xml|ya?ml)$/i;
const ARCHIVE = /\.(?:zip|t?gz|tgz|xz|bz2|7z|dmg|pkg|msi|exe|deb|rpm|apk|jar|node|whl)$/i;

/** A digest, a file with the hash of its content in its name, or a name that ends in a UUID: `tool-dist-0f1e2d3c-…`. */
function isNamed(value: string): boolean {
  if (/^sha(?:1|224|256|384|512)[-:=]/i.test(value)) return true;
  const uuid = UUID.exec(value);
  if (uuid !== null && uuid.index + uuid[0].length === value.length)
    return /^[a-z]{3,}(?:-[a-z]{3,})+-$/.test(value.slice(0, uuid.index)) && !/key|token|secret|pass/.test(value);
  if (!FILE.test(value) && !ARCHIVE.test(value)) return false;
  const stem = value.replace(/\.[^.]*$/, "").replace(/\.tar$/, "");
  const parts = stem.split(/[-._@]/);
  const odd = parts.filter((part) => !isWordy(part));
  return parts.length > odd.length && odd.every((part) => part.length <= 24) && odd.length <= 1;
}
