import type { Literals } from "./literals.ts";

export interface FormatTemplate {
  /** Null stands for a placeholder. */
  pieces: (string | null)[];
  /** Bytes of the encoded form. */
  length: number;
}

const LONG = 0x80;
const PLACEHOLDER = 0xc0;
/** Operand bytes by the placeholder's low bits: flags, width, precision, argument index. */
const OPERANDS = [4, 2, 2, 2];
const PIECES = 512;

/**
 * Decodes the byte form that rustc 1.93 and later give the pieces of `format_args!`: 0 ends it, 1 to 0x7F is a
 * literal of that many bytes, 0x80 one with a u16 length, 0xC0 and more a placeholder. Null where the bytes are
 * something else: without a placeholder the compiler writes a plain string instead.
 */
export function decodeFormatTemplate(literals: Literals, start: number): FormatTemplate | null {
  const { bytes } = literals;
  const pieces: (string | null)[] = [];
  let placeholders = 0;
  for (let at = start; at < bytes.length && pieces.length < PIECES; ) {
    const code = bytes[at++]!;
    if (code === 0) return placeholders > 0 ? { pieces, length: at - start } : null;
    if (code >= PLACEHOLDER) {
      for (let bit = 0; bit < OPERANDS.length; bit++) if ((code & (1 << bit)) !== 0) at += OPERANDS[bit]!;
      pieces.push(null);
      placeholders++;
      continue;
    }
    if (code > LONG) return null;
    let length = code;
    if (code === LONG) {
      if (at + 2 > bytes.length) return null;
      length = bytes.readUInt16LE(at);
      at += 2;
    }
    const text = literals.text(at, length);
    // The compiler joins neighbouring literals: two in a row are text read as a template.
    if (text === null || typeof pieces.at(-1) === "string") return null;
    pieces.push(text);
    at += length;
  }
  return null;
}
