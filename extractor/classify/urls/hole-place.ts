import { MARK } from "../../url/hole-marks.ts";

/** Nobody reads an address further than this, and each hole of it would be looked at from the start. */
const READABLE = 600;

/**
 * What a part of an address is by where it stands, for parts that the source has no name for; null where the place
 * says nothing.
 * @param text the address with a mark for each hole
 * @param at where the hole's mark stands
 */
export function placeName(text: string, at: number): string | null {
  if (at > READABLE) return null;
  const before = text.slice(0, at).replace(MARK, "\ufffc");
  const after = text.slice(at + 1);
  const [, asked] = /[?&]([\w.-]+)=$/.exec(before) ?? [];
  if (asked !== undefined) return asked;
  if (/[?#]/.test(before)) return null;
  const path = before.replace(/^[a-z][a-z\d+.-]*:\/\//i, "");
  if (!path.includes("/")) return inAuthority(path, after, before);
  const [, segment = ""] = /\/([^/]+)\/$/.exec(path) ?? [];
  const thing = /^[a-z][\w-]*[a-z]$/i.test(segment) ? singular(segment) : null;
  if (thing !== null) return /^(?:[/?#]|$)/.test(after) ? `${camel(thing)}Id` : null;
  return /^[^/]*\/$/.test(path) ? "path" : null;
}

function inAuthority(path: string, after: string, before: string): string | null {
  if (path.endsWith(":")) return "port";
  if (path === "") {
    if (after.startsWith("://") || after.startsWith("//")) return "scheme";
    if (before === "") return "address";
    return /^(?:[/:?#]|$)/.test(after) ? "host" : "subdomain";
  }
  return path.endsWith(".") && after.startsWith(".") ? "region" : null;
}

/** `sessions` -> `session`; null for what isn't a plural. */
function singular(word: string): string | null {
  if (/ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/i.test(word)) return word.slice(0, -2);
  return /[^su]s$/i.test(word) ? word.slice(0, -1) : null;
}

/** `service-account` -> `serviceAccount` */
const camel = (words: string): string =>
  words.replace(/[-_]+(.)/g, (_, letter: string) => letter.toUpperCase()).replace(/[-_]+$/, "");
