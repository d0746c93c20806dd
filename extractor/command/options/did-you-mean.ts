import { closestMatch } from "leven";

/** Slips of the keyboard that still mean a word; a short word allows one. */
const SLIPS = 2;

/** `did you mean diff?`; null where no word is near, or the word itself is one of them. */
export function didYouMean(word: string, words: readonly string[]): string | null {
  if (words.includes(word) || word.length < 3) return null;
  const byLower = new Map(words.map((one) => [one.toLowerCase(), one]));
  const near = closestMatch(word.toLowerCase(), [...byLower.keys()], { maxDistance: word.length < 5 ? 1 : SLIPS });
  return near === undefined ? null : `did you mean ${byLower.get(near)}?`;
}
