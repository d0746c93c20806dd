/** More digits than any part of a version has. */
const DIGITS = 12;

/**
 * A text for each version whose alphabetical order is the order of semantic versioning, for indexes that know no
 * other: `1.2.0-rc.1` before `1.2.0` before `1.10.0`. What isn't a semantic version stands first, by its own text.
 */
export function versionOrder(version: string): string {
  const [, numbers, early] = /^v?(\d+\.\d+\.\d+)(?:-([\da-z.-]+))?(?:\+.*)?$/i.exec(version) ?? [];
  if (numbers === undefined) return `!${version}`;
  const main = numbers.split(".").map(padded).join(".");
  // a release comes after all that led to it
  return early === undefined ? `${main}~` : `${main}-${early.split(".").map(identifier).join("!")}`;
}

const padded = (digits: string): string => digits.padStart(DIGITS, "0");

/** Numbers before words, and each by its own order. */
const identifier = (text: string): string => (/^\d+$/.test(text) ? `0${padded(text)}` : `1${text}`);
