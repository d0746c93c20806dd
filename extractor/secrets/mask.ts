import { secretsIn } from "./in-url.ts";
import { isSecret, type Judge } from "./judge.ts";

/** Stands in the place of a secret: `{key}`, or the kind that signatures know. */
const MASK = "key";

/** By how a value looks and where it stands, for texts that may come from anywhere. */
export const plainJudge: Judge = (value, sentAs) => (isSecret(value, sentAs) ? MASK : null);

/** A URL, or a text that may be one, with `{key}` for each secret in it. */
export function maskUrl(text: string, judge: Judge = plainJudge): string {
  let out = "";
  let from = 0;
  for (const { start, end, kind } of secretsIn(text, judge)) {
    if (start < from) continue;
    out += `${text.slice(from, start)}{${kind}}`;
    from = end;
  }
  return out + text.slice(from);
}

const URL_IN_TEXT = /[a-z][a-z\d+.-]{1,20}:[\\/]{1,3}[^\s"'`<>]+/gi;
const WORD_IN_TEXT = /[\w+=~-]{20,}/g;

/** Words for people, with URLs and keys anywhere in them. */
export function maskText(text: string): string {
  return text
    .replace(URL_IN_TEXT, (url) => maskUrl(url))
    .replace(WORD_IN_TEXT, (word) => (isSecret(word, "path") ? `{${MASK}}` : word));
}
