/**
 * What a terminal or a reader's eye may take for something else: controls (escape sequences among them), bidi
 * overrides, zero-width and other invisible characters, lone surrogates, private use, and every space but the plain
 * one.
 */
const DECEPTIVE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** Longest run of marks stacked on one letter that real writing needs; more of them paint over neighbouring lines. */
const STACKED_MARKS = /(?<=\p{M}{3})\p{M}/gu;

const codePoint = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/**
 * Text from a package, safe to print on a terminal: one line, every deceptive character in its visible `\u{…}` form.
 */
export function visible(text: string): string {
  return text.replace(DECEPTIVE, codePoint).replace(STACKED_MARKS, codePoint);
}

/** The same for host names, where a letter of another script can pass for a Latin one: only ASCII stays as it is. */
export function visibleHost(host: string): string {
  return visible(host).replace(/[^\x20-\x7e]/gu, codePoint);
}

/** JSON text in which no such character stands as itself. Lossless: JSON's own `\uXXXX` escapes, in UTF-16 units. */
export function visibleJson(json: string): string {
  return json.replace(BEYOND_ASCII, (run) => run.replace(DECEPTIVE, jsonEscape));
}

/** Nearly all of a report needs no closer look. */
const BEYOND_ASCII = /[^\x20-\x7e\n]+/g;

function jsonEscape(character: string): string {
  let escaped = "";
  for (let unit = 0; unit < character.length; unit++) {
    escaped += `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}
