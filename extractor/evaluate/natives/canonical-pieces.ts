import { canonicalUrl } from "../../url/canonical.ts";
import type { Piece } from "../domain/value.ts";
import { decode, encode } from "./encoded.ts";

const WEB_OR_BLANK = /^(?:[\u0000-\u0020]|(?:https?|wss?|ftp):)/i;

/**
 * As a client reads an address: `https:\\h\x` -> `https://h/x`. What it would refuse stays, to be counted where it is
 * classified.
 */
export function canonicalPieces(parts: readonly Piece[]): readonly Piece[] {
  if (typeof parts[0] !== "string" || !WEB_OR_BLANK.test(parts[0])) return parts;
  const { s, holes } = encode(parts);
  const canonical = canonicalUrl(s);
  if (canonical === null || canonical === s || isWithoutHost(s, canonical)) return parts;
  return decode(canonical, holes).parts;
}

/** `https:///v1/items`: rather a host that is missing than one named `v1`. */
const isWithoutHost = (written: string, canonical: string): boolean =>
  /^[a-z]+:\/{3,}/i.test(written) && !/^[a-z]+:\/\/[^/?#]*[.:]/i.test(canonical);
