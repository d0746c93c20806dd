import type { UrlContext, UrlLiteralFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Endpoint, Reference, ReferenceClass } from "../model/report.ts";
import type { ReferenceRule } from "../model/signatures/signature.ts";
import { foldHoles, templateRegExp } from "../model/template.ts";
import { compareText, mergeEvidence, sortedUnique } from "./order.ts";
import { anyOf, hostMatches, nameMatches, pathMatches, textMatches, withoutEndSlashes } from "./urls/pattern.ts";

interface Place {
  host: string;
  path: string;
  url: string;
  context: UrlContext;
}

/** URL literals that reach no endpoint, one per URL, with what they are for. */
export function foldReferences(
  findings: readonly UrlLiteralFinding[],
  rules: readonly ReferenceRule[],
  endpoints: readonly Endpoint[],
): Reference[] {
  const isLive = liveUrls(endpoints);
  return [...grouped(findings, ({ url }) => comparable(url))]
    .filter(([key, same]) => !same.some(({ context }) => isLive(key, context)))
    .map(([, same]) => ({
      url: sortedUnique(same.map(({ url }) => url.trim()))[0]!,
      class: referenceClassOf(same.map(referencePlaceOf), rules),
      evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
    }))
    .sort((a, b) => compareText(a.url, b.url));
}

export const referenceClassOf = (places: readonly Place[], rules: readonly ReferenceRule[]): ReferenceClass =>
  ruleFor(places, rules)?.class ?? "unknown";

/** First rule that takes any of the places. */
export const ruleFor = (places: readonly Place[], rules: readonly ReferenceRule[]): ReferenceRule | undefined =>
  rules.find((rule) => places.some((place) => takes(rule, place)));

export function referencePlaceOf({ url, context }: Pick<UrlLiteralFinding, "url" | "context">): Place {
  const folded = foldHoles(url.trim());
  const [, host = "", path = ""] = /^[a-z][a-z0-9+.-]*:\/*([^/?#]*)([^?#]*)/i.exec(folded) ?? [];
  return { host: host.toLowerCase().replace(/\.$/, ""), path: withoutEndSlashes(path) || "/", url: folded, context };
}

function takes(rule: ReferenceRule, { host, path, url, context }: Place): boolean {
  return (
    anyOf(rule.context, context.kind, (kind, actual) => kind === actual) &&
    anyOf(rule.host, host, hostMatches) &&
    anyOf(rule.path, path, pathMatches) &&
    anyOf(rule.url, url, textMatches) &&
    (rule.key === undefined || (context.kind === "key" && anyOf(rule.key, context.key, nameMatches))) &&
    (rule.before === undefined || (context.kind === "text" && textMatches(rule.before, context.before.toLowerCase())))
  );
}

/** Holes without names, no trailing slash, scheme and host in lower case. */
function comparable(url: string): string {
  const folded = foldHoles(url.trim());
  return withoutEndSlashes(folded.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, (origin) => origin.toLowerCase()));
}

const bareUrl = (url: string) => withoutEndSlashes(url.replace(/[?#].*$/s, ""));

/**
 * Is a literal part of an endpoint that is reported anyway? The same URL always; the base it is put together from, or
 * a value of its holes, only where the literal is a value: a documentation link in a help text stays one although
 * `https://host/{page}` is requested.
 */
function liveUrls(endpoints: readonly Endpoint[]): (key: string, context: UrlContext) => boolean {
  const urls = sortedUnique(
    endpoints.flatMap(({ url, alternatives }) => [url, ...alternatives].map((each) => bareUrl(comparable(each)))),
  );
  const known = new Set(urls);
  const bases = new Set(urls.flatMap(basesOf));
  const templates = urls
    .filter((url) => url.includes("{}") && /^[a-z+]+:\/\/[^/{}]+\//i.test(url))
    .map((url) => templateRegExp(url));
  return (key, context) => {
    const bare = bareUrl(key);
    if (known.has(bare)) return true;
    if (context.kind === "text" || context.kind === "comment") return false;
    return bases.has(bare) || templates.some((regexp) => regexp.test(bare));
  };
}

/** Nobody writes a base with more segments. */
const BASE_DEPTH = 8;

/** `https://a.b/c/d` -> `https://a.b`, `https://a.b/c`. */
function basesOf(url: string): string[] {
  const [origin, ...segments] = url.split(/(?<!\/)\/(?!\/)/);
  return segments.slice(0, BASE_DEPTH).map((_, i) => [origin, ...segments.slice(0, i)].join("/"));
}
