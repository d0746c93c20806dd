import { hasKnownSuffix } from "../../url/registrable.ts";
import type { Piece } from "./value.ts";

/** A text that ends with a host. */
const ENDS_WITH_HOST = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#\\:@[\]]*[a-z])$/i;
/** An address that another scheme stands before: `https://https://a.example.dev`. */
const SCHEME = /^[a-z][a-z\d+.-]*:\/\/$/i;
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\/./i;
/** What makes the last label longer. */
const MORE_OF_LABEL = /^[\w-][^/?#\\:]*/;
/** A scheme and a host are a few pieces and characters; a long text is no host. */
const MOST_PIECES = 8;
const LONGEST = 300;

/**
 * `"https://a.example.dev" + "https"`: two texts that belong to different ways of the program. A host with nothing
 * behind it is whole, unless what is put there makes another one that somebody can have (`"https://a.ex" +
 * "ample.dev"`).
 * So are an address and a scheme before it.
 * @returns the host that is spoiled, or null
 */
export function spoiledHost(row: readonly Piece[], next: readonly Piece[]): string | null {
  const [first] = next;
  if (row.length === 0 || row.length > MOST_PIECES || typeof first !== "string" || !/^[\w-]/.test(first)) return null;
  let text = "";
  for (const piece of row) {
    if (typeof piece !== "string" || text.length + piece.length > LONGEST) return null;
    text += piece;
  }
  if (SCHEME.test(text) && ADDRESS.test(first)) return first.slice(0, LONGEST);
  const host = ENDS_WITH_HOST.exec(text)?.[1];
  if (host === undefined || !hasKnownSuffix(host)) return null;
  return hasKnownSuffix(host + MORE_OF_LABEL.exec(first.slice(0, LONGEST))![0]) ? null : host;
}
