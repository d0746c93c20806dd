import { withoutEncoding } from "./encodings.ts";
import { parseJsonLines, readDocument } from "./json.ts";

/** Texts in base64 are longer than this, and a shorter one says no event. */
const MIN_CHARACTERS = 16;

/** The bytes behind a text that is base64 of JSON, packed or not, though nothing says so; else null. */
export function packedInText(text: string): Buffer | null {
  const bare = text.replace(/[\r\n]+/g, "");
  if (bare.length < MIN_CHARACTERS || bare.length % 4 !== 0 || !/^[\w+/-]+={0,2}$/.test(bare)) return null;
  try {
    const bytes = withoutEncoding(Buffer.from(bare, "base64"), null);
    const inside = bytes.toString("utf8");
    return readDocument(inside) !== null || parseJsonLines(inside) !== null ? bytes : null;
  } catch {
    return null;
  }
}

/**
 * Bytes of a text in a recording that has no other form for bytes: some recorders write each byte as the character of
 * that number. Such a text has control characters, bytes above 127, and nothing above 255; any other text is UTF-8.
 */
export function bytesOfText(text: string): Buffer {
  const perByte = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) && /[\x80-\xff]/.test(text) && !/[^\x00-\xff]/.test(text);
  return Buffer.from(text, perByte ? "latin1" : "utf8");
}
