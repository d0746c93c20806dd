/** The pattern languages of signatures/. Compiled once: a report asks the same few hundred patterns thousands of times. */

const cache = new Map<string, RegExp>();

function compiled(key: string, source: () => string): RegExp {
  const known = cache.get(key) ?? new RegExp(source(), "i");
  cache.set(key, known);
  return known;
}

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\/]/g, "\\$&");

/**
 * Suffix of a host by whole labels; `*` any text inside a label, `**` one or more labels.
 * @param host folded: holes are `{}`; with or without port
 */
export function hostMatches(pattern: string, host: string): boolean {
  const regexp = compiled(`host ${pattern}`, () => {
    const labels = pattern.split(".");
    // `docs.**` is about the first label: a suffix that ends in any labels would not be one
    const open = labels.at(-1) === "**" ? "^" : "^(?:.*\\.)?";
    return `${open}${labels.map((label) => (label === "**" ? ".+" : escaped(label).replaceAll("*", "[^.]*"))).join("\\.")}$`;
  });
  return regexp.test(host) || (!pattern.includes(":") && regexp.test(host.replace(/:[^:\]]*$/, "")));
}

/**
 * Prefix of a path by whole segments, any case: `{}` one segment, `*` text inside one, `**` any number of segments, `$` at the end: nothing follows.
 * @param path folded, without query
 */
export function pathMatches(pattern: string, path: string): boolean {
  const regexp = compiled(`path ${pattern}`, () => {
    const exact = pattern.endsWith("$");
    const segments = pattern.replace(/\$$/, "").replace(/^\//, "").split("/");
    const body = segments.map((segment) => {
      if (segment === "**") return "(?:/[^/]*)*";
      if (segment === "{}") return "/[^/]+";
      return segment === "" ? "" : `/${escaped(segment).replaceAll("*", "[^/]*")}`;
    });
    return `^${body.join("")}${exact ? "/?$" : "(?:/|$)"}`;
  });
  return regexp.test(path);
}

/** A whole name, without case and separators; `*` any text: `*_api_key` takes `openaiApiKey`. */
export function nameMatches(pattern: string, name: string): boolean {
  return compiled(`name ${pattern}`, () => `^${escaped(bare(pattern)).replaceAll("*", ".*")}$`).test(bare(name));
}

const bare = (name: string) => name.replace(/[-_\s.]/g, "");

/** A regular expression, any case, anywhere in the text. */
export function textMatches(pattern: string, text: string): boolean {
  return compiled(`text ${pattern}`, () => pattern).test(text);
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
