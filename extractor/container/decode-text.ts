import { isUtf8 } from "node:buffer";

export interface DecodedText {
  text: string;
  /**
   * Where the first sequence that isn't UTF-8 stands, in bytes; null if the text is sound. Such sequences become
   * U+FFFD.
   */
  invalidAt: number | null;
}

/** Text of a file: UTF-8 with or without byte order mark, or UTF-16 with one. */
export function decodeText(bytes: Buffer): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16("utf-16be", bytes);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = bytes.subarray(mark);
  const text = body.toString("utf8");
  return { text, invalidAt: isUtf8(body) ? null : mark + firstInvalid(body, text) };
}

function utf16(encoding: "utf-16le" | "utf-16be", bytes: Buffer): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), invalidAt: null };
}

/** Every U+FFFD of the decoded text is either in the bytes as such, or stands for the first bad sequence. */
function firstInvalid(bytes: Buffer, text: string): number {
  let offset = 0;
  let from = 0;
  for (;;) {
    const at = text.indexOf("\ufffd", from);
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
    offset += 3;
    from = at + 1;
  }
}
