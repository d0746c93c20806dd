import { isWordCharacter, skipTrivia, wordEnd } from "./characters.ts";

/** What can follow the `;` or the closing brace of a statement. */
type Boundary = "cut" | "keep" | "impossible";

// ) * , : = > ? ] } % & ^ |
const neverFirst = new Set([0x29, 0x2a, 0x2c, 0x3a, 0x3d, 0x3e, 0x3f, 0x5d, 0x7d, 0x25, 0x26, 0x5e, 0x7c]);

/**
 * Whether a statement may be cut off at `end`: "keep" where what follows continues it or has to stay with it,
 * "impossible" where no statement can begin.
 */
export function boundary(text: string, end: number, inDo: boolean, afterBrace: boolean): Boundary {
  const at = skipTrivia(text, end);
  if (at >= text.length) return "keep";
  const c = text.charCodeAt(at);
  // A string at the head of a slice would become a directive; `};` is one statement too many.
  if (c === 0x22 || c === 0x27 || c === 0x3b) return "keep";
  if (c >= 0x61 && c <= 0x77) {
    const stop = wordEnd(text, at);
    if (stop - at > 7 || stop - at < 4) return "cut";
    const word = text.slice(at, stop);
    if (word === "else" || (word === "while" && inDo)) return "keep";
    return afterBrace && (word === "catch" || word === "finally") ? "keep" : "cut";
  }
  return neverFirst.has(c) ? "impossible" : "cut";
}

/** True if the keyword `function`, ending at `i`, opens a function and is not the name of a member. */
export function opensFunction(text: string, i: number): boolean {
  const c = text.charCodeAt(skipTrivia(text, i));
  return c === 0x28 || c === 0x2a || c === 0x5c || isWordCharacter(c);
}

/** True if the keyword `class`, ending at `i`, opens a class and is not the name of a member. */
export function opensClass(text: string, i: number): boolean {
  let at = skipTrivia(text, i);
  const c = text.charCodeAt(at);
  if (c === 0x7b || c === 0x5c) return true;
  let end = wordEnd(text, at);
  if (end === at) return false;
  if (text.slice(at, end) === "extends") return true;
  at = skipTrivia(text, end);
  end = wordEnd(text, at);
  return text.charCodeAt(at) === 0x7b || text.charCodeAt(end) === 0x5c || text.slice(at, end) === "extends";
}
