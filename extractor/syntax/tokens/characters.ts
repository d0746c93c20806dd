/** What a character begins. Punctuation is whatever needs a closer look. */
export const Lexeme = { Punctuation: 0, Space: 1, LineBreak: 2, Word: 3, Number: 4, Operator: 5 } as const;

const classes = Uint8Array.from({ length: 128 }, (_, c) => {
  const character = String.fromCharCode(c);
  if (/[\t\v\f ]/.test(character)) return Lexeme.Space;
  if (/[\n\r]/.test(character)) return Lexeme.LineBreak;
  if (/[A-Za-z_$]/.test(character)) return Lexeme.Word;
  if (/[0-9]/.test(character)) return Lexeme.Number;
  if (character === "\\") return Lexeme.Word;
  return /[!%&*>^|~]/.test(character) ? Lexeme.Operator : Lexeme.Punctuation;
});

/** 1 for ASCII characters that continue an identifier or a number. */
const wordCharacter = Uint8Array.from({ length: 128 }, (_, c) => (/[\w$]/.test(String.fromCharCode(c)) ? 1 : 0));

/** The Lexeme that begins with `c`; every non-Latin character that is no space counts as a word's. */
export function lexeme(c: number): number {
  if (c < 128) return classes[c]!;
  if (isLineBreak(c)) return Lexeme.LineBreak;
  return isWideSpace(c) ? Lexeme.Space : Lexeme.Word;
}

/** True for LF, CR, U+2028 and U+2029: what ECMAScript calls a line terminator. */
function isLineBreak(c: number): boolean {
  return c === 0x0a || c === 0x0d || c === 0x2028 || c === 0x2029;
}

/** True for white space that is not a line break, beyond the five ASCII kinds. */
function isWideSpace(c: number): boolean {
  if (c < 0xa0) return false;
  return (
    c === 0xa0 ||
    c === 0xfeff ||
    c === 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c === 0x202f ||
    c === 0x205f ||
    c === 0x3000
  );
}

/** True if `c` can continue an identifier; every non-Latin character that is no space counts as one. */
export function isWordCharacter(c: number): boolean {
  if (c < 128) return wordCharacter[c] === 1;
  return c >= 128 && !isLineBreak(c) && !isWideSpace(c);
}

/** Offset just after the word (identifier, keyword, number without its dots) that starts at `i`. */
export function wordEnd(text: string, i: number): number {
  let c = text.charCodeAt(i);
  while (c < 128 ? wordCharacter[c] === 1 : isWordCharacter(c)) c = text.charCodeAt(++i);
  return i;
}

/**
 * Offset just after the number that starts at `i`: letters and dots run on, since `1..toFixed` and `0x1n` stay
 * operands.
 */
export function numberEnd(text: string, i: number): number {
  i = wordEnd(text, i);
  while (text.charCodeAt(i) === 0x2e) i = wordEnd(text, i + 1);
  return i;
}

/** Offset just after the quote that ends the string opened at `i`, or 0 if its line ends first. */
export function stringEnd(text: string, i: number): number {
  const quote = text.charCodeAt(i);
  for (;;) {
    const c = text.charCodeAt(++i);
    if (c === quote) return i + 1;
    if (c === 0x5c) {
      if (text.charCodeAt(++i) === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    } else if (c === 0x0a || c === 0x0d || i >= text.length) return 0;
  }
}

/**
 * Reads template characters from `i`: offset after the closing backtick, minus the offset after `${`, or 0 at the
 * text's end.
 */
export function templateEnd(text: string, i: number): number {
  for (; ; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x60) return i + 1;
    if (c === 0x5c) i++;
    else if (c === 0x24 && text.charCodeAt(i + 1) === 0x7b) return -(i + 2);
    else if (i >= text.length) return 0;
  }
}

/**
 * Offset just after the regular expression opened at `i`, flags included, or 0 if its line ends first. A class is
 * flat even under /v.
 */
export function regexEnd(text: string, i: number): number {
  let inClass = false;
  for (;;) {
    let c = text.charCodeAt(++i);
    if (c === 0x5c) c = text.charCodeAt(++i);
    else if (c === 0x5b) inClass = true;
    else if (c === 0x5d) inClass = false;
    else if (c === 0x2f && !inClass) return wordEnd(text, i + 1);
    if (i >= text.length || isLineBreak(c)) return 0;
  }
}

/** Offset of the line break (or the text's end) that ends the line comment at `i`. */
export function lineCommentEnd(text: string, i: number): number {
  while (i < text.length && !isLineBreak(text.charCodeAt(i))) i++;
  return i;
}

/** Offset just after the block comment at `i`, or 0 if it does not end. */
export function blockCommentEnd(text: string, i: number): number {
  const star = text.indexOf("*/", i + 2);
  return star < 0 ? 0 : star + 2;
}

/** True if a line ends between `from` and `to`. */
export function hasLineBreak(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isLineBreak(text.charCodeAt(i))) return true;
  return false;
}

/**
 * Offset of the next character at or after `i` that is neither space nor comment; the text's length if there is none.
 */
export function skipTrivia(text: string, i: number): number {
  for (;;) {
    const c = text.charCodeAt(i);
    if (c === 0x20 || (c >= 0x09 && c <= 0x0d) || isLineBreak(c) || isWideSpace(c)) i++;
    else if (c === 0x2f && text.charCodeAt(i + 1) === 0x2f) i = lineCommentEnd(text, i);
    else if (c === 0x2f && text.charCodeAt(i + 1) === 0x2a) i = blockCommentEnd(text, i) || text.length;
    else return i;
  }
}

export function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}
