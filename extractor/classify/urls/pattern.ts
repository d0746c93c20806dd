/**
 * The pattern languages of signatures/. Compiled once: a report asks the same few hundred patterns thousands of
 * times.
 */

type Language = "host" | "path" | "name" | "text";
const cache: Record<Language, Map<string, RegExp>> = {
  host: new Map(),
  path: new Map(),
  name: new Map(),
  text: new Map(),
};

/** Longer than any real path. Patterns with several `**` take time in proportion to its square. */
const PATH_LIMIT = 1000;

function compiled(language: Language, pattern: string, source: () => string, flags = "i"): RegExp {
  const known = cache[language].get(pattern) ?? new RegExp(source(), flags);
  cache[language].set(pattern, known);
  return known;
}

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\/]/g, "\\$&");

/**
 * Suffix of a host by whole labels; `*` any text inside a label, `**` one or more labels.
 * @param host folded: holes are `{}`; with or without port
 */
export function hostMatches(pattern: string, host: string): boolean {
  const regexp = compiled("host", pattern, () => {
    const labels = pattern.split(".");
    // `docs.**` is about the first label: a suffix that ends in any labels would not be one
    const open = labels.at(-1) === "**" ? "^" : "^(?:.*\\.)?";
    return `${open}${labels.map((label) => (label === "**" ? ".+" : escaped(label).replaceAll("*", "[^.]*"))).join("\\.")}$`;
  });
  return regexp.test(host) || (!pattern.includes(":") && regexp.test(host.replace(/:[^:\]]*$/, "")));
}

/**
 * Prefix of a path by whole segments, any case: `{}` one segment, `{?}` one that is a hole, `*` text inside one, `**`
 * any number of segments, `$` at the end: nothing follows.
 * @param path folded, without query
 */
export function pathMatches(pattern: string, path: string): boolean {
  const regexp = compiled("path", pattern, () => {
    const exact = pattern.endsWith("$");
    const segments = pattern.replace(/\$$/, "").replace(/^\//, "").split("/");
    const body = segments.map((segment) => {
      if (segment === "**") return "(?:/[^/]*)*";
      if (segment === "{}") return "/[^/]+";
      if (segment === "{?}") return "/\\{\\}";
      return segment === "" ? "" : `/${escaped(segment).replaceAll("*", "[^/]*")}`;
    });
    return `^${body.join("")}${exact ? "/?$" : "(?:/|$)"}`;
  });
  return regexp.test(path.slice(0, PATH_LIMIT));
}

/** A whole name, without case and separators; `*` any text: `*_api_key` takes `openaiApiKey`. */
export function nameMatches(pattern: string, name: string): boolean {
  return compiled("name", pattern, () => nameSource(pattern)).test(bare(name));
}

/** Many patterns asked at once. */
export function namesMatcher(patterns: readonly string[]): (name: string) => boolean {
  const regexp = new RegExp(patterns.map(nameSource).join("|"), "i");
  return (name) => regexp.test(bare(name));
}

const nameSource = (pattern: string) => `^${escaped(bare(pattern)).replaceAll("*", ".*")}$`;
const bare = (name: string) => name.replace(/[-_\s.]/g, "");

/** A regular expression, anywhere in the text. */
export function textMatches(pattern: string, text: string): boolean {
  return compiled("text", pattern, () => pattern, "").test(text);
}

/** Not by a regular expression: `/\/+$/` takes time in proportion to the square of the slashes. */
export function withoutEndSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end--;
  return text.slice(0, end);
}

/** A list, a single pattern, or no condition at all. */
export function anyOf(
  patterns: string | readonly string[] | undefined,
  text: string,
  matches: (pattern: string, text: string) => boolean,
): boolean {
  if (patterns === undefined) return true;
  return typeof patterns === "string" ? matches(patterns, text) : patterns.some((pattern) => matches(pattern, text));
}
