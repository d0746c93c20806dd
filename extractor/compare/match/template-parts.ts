/** A printed URL template, cut into its parts. Holes stay whole, whatever stands in them. */
export interface TemplateParts {
  /** Null where a hole stands in its place or before it. */
  scheme: string | null;
  /** Host and port, with holes; `""` for a bare path. */
  authority: string;
  /** From the first slash, with holes; `""` where the URL ends before. */
  path: string;
  query: string;
}

/** `{base}/v1?x={y}` -> authority `{base}`, path `/v1`, query `x={y}`. */
export function splitTemplate(printed: string): TemplateParts {
  const scheme = /^(?:([a-z][a-z\d+.-]*)|\{[^{}]*\}):\/\//i.exec(printed);
  const rest = scheme === null ? printed : printed.slice(scheme[0].length);
  const slash = outside(rest, "/?#");
  const authority = rest.slice(0, slash);
  const afterAuthority = rest.slice(slash);
  const end = outside(afterAuthority, "?#");
  const path = afterAuthority.slice(0, end);
  const query = afterAuthority[end] === "?" ? afterAuthority.slice(end + 1).split("#")[0]! : "";
  return { scheme: scheme?.[1]?.toLowerCase() ?? null, authority, path, query };
}

/** Index of the first of those characters that isn't inside a hole, or the length. */
function outside(text: string, characters: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text[at]!;
    if (c === "{") depth++;
    else if (c === "}") depth = Math.max(0, depth - 1);
    else if (depth === 0 && characters.includes(c)) return at;
  }
  return text.length;
}

/** Names of the holes in a part, in order. */
export function holeNames(text: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{" && depth++ === 0) from = at + 1;
    else if (text[at] === "}" && depth > 0 && --depth === 0) names.push(text.slice(from, at));
  }
  return names;
}

/** The part without its holes. */
export function literalOf(text: string): string {
  let out = "";
  let depth = 0;
  for (const c of text) {
    if (c === "{") depth++;
    else if (c === "}" && depth > 0) depth--;
    else if (depth === 0) out += c;
  }
  return out;
}

/** Segments of a path that are wholly literal. */
export const literalSegments = (path: string): string[] =>
  path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
