import { type OpenHole, type Piece, type TextValue, text } from "../domain/value.ts";

/**
 * A text with each hole as one private-use character, so that ordinary string operations work on it: a hole is never
 * cut in two and never matches a literal. `decode` gives the pieces back.
 */
const FIRST = 0xf400;
const LAST = 0xf7ff;

export interface Encoded {
  s: string;
  holes: OpenHole[];
}

export function encode(parts: readonly Piece[]): Encoded {
  const holes: OpenHole[] = [];
  let s = "";
  for (const p of parts) {
    if (typeof p === "string") s += p;
    else {
      s += String.fromCharCode(FIRST + Math.min(holes.length, LAST - FIRST));
      holes.push(p);
    }
  }
  return { s, holes };
}

export function decode(s: string, holes: readonly OpenHole[]): TextValue {
  if (holes.length === 0) return text([s]);
  const pieces: Piece[] = [];
  let start = 0;
  for (let i = 0; i < s.length; i++) {
    const h = holes[s.charCodeAt(i) - FIRST];
    if (h === undefined) continue;
    pieces.push(s.slice(start, i), h);
    start = i + 1;
  }
  pieces.push(s.slice(start));
  return text(pieces);
}

/** Puts the holes of `b` behind those of `a`, so that both texts can stand in one string. */
export function together(a: Encoded, b: Encoded): { b: string; holes: OpenHole[] } {
  const shift = a.holes.length;
  let s = "";
  for (const c of b.s) {
    const i = c.charCodeAt(0) - FIRST;
    s += i >= 0 && i < b.holes.length ? String.fromCharCode(FIRST + i + shift) : c;
  }
  return { b: s, holes: [...a.holes, ...b.holes] };
}

export const isHoleChar = (code: number): boolean => code >= FIRST && code <= LAST;

/** The hole that a text begins with. */
export const leadingHole = (s: string, holes: readonly OpenHole[]): OpenHole | undefined =>
  holes[s.charCodeAt(0) - FIRST];
