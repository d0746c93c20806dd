/**
 * Levels of code inside code, a statement or a choice counted twice. Node reads 5,000 `else if` in a row; what people
 * and bundlers write stays below a hundred. It is far below what the stack holds that all code is parsed with, so
 * that it is this number that decides and not how much of the stack a level happens to take.
 */
export const MAX_NESTING = 24_000;

export class NestedTooDeep extends Error {}

/** The most brackets open at once, with those in texts and comments. */
export function bracketDepth(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x28 || c === 0x5b || c === 0x7b) most = Math.max(most, ++depth);
    else if ((c === 0x29 || c === 0x5d || c === 0x7d) && depth > 0) depth--;
  }
  return most;
}
