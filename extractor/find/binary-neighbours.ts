import type { BinaryString } from "../model/binary-string.ts";

/** A request's URL, header name and key are built by code that stands together. In bytes. */
const REACH = 512;

const HEADER = /^(?:x-[a-z0-9-]+|authorization|[a-z0-9]+(?:-[a-z0-9]+)*-(?:key|token|secret|auth))$/i;
/** A key: long, without spaces, letters and digits mixed. */
const KEY = /^(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{20,}$/;

export interface Neighbours {
  headers: string[];
  secrets: { header: string; value: BinaryString }[];
}

/**
 * Header names, and keys behind them, that the same code puts together as a URL. Only strings built inline have a place in
 * code; for any other there are none.
 * @param inline all strings of that layer, by ascending offset
 */
export function neighbours(url: BinaryString, inline: readonly BinaryString[]): Neighbours {
  const found: Neighbours = { headers: [], secrets: [] };
  if (url.layer !== "inline") return found;
  let header: string | null = null;
  for (const string of inline) {
    if (string.offset <= url.offset) continue;
    if (string.offset > url.offset + REACH) break;
    const text = string.pieces[0]!;
    // Another URL begins another request.
    if (/^https?:/.test(text)) break;
    if (HEADER.test(text)) {
      header = text;
      found.headers.push(text);
    } else if (header !== null && KEY.test(text)) {
      found.secrets.push({ header, value: string });
      header = null;
    }
  }
  return found;
}
