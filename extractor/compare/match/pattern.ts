import type { Fit } from "../../model/check.ts";
import { METHOD_UNKNOWN } from "../../model/exchange.ts";
import type { Endpoint } from "../../model/report.ts";
import { foldHoles, templateRegExp } from "../../model/template.ts";
import { deepForm, pathForms } from "./path-forms.ts";
import { readingOf, type TemplateReading } from "./reading.ts";
import { normalPath, type RequestTarget } from "./target.ts";
import { holeNames, literalOf, literalSegments, splitTemplate } from "./template-parts.ts";

/** One URL of one endpoint, ready for comparing. */
export interface Pattern {
  endpoint: Endpoint;
  printed: string;
  /** Null where any host fits: then only the path speaks. */
  authority: RegExp | null;
  /** Without holes; the key of the index. */
  literalAuthority: string | null;
  /** Ways to read the path, strictest first. */
  paths: RegExp[];
  /**
   * Holes of several segments, for a request that nothing else fits; null where the template says too little for
   * that.
   */
  deepPath: RegExp | null;
  /** Below a few segments of a base path the pattern's own path may begin. */
  mayHaveBasePath: boolean;
  /** The host is a hole, or has one where its owner would stand: `{base}/v1`, `https://api.{domain}/v1`. */
  openHost: boolean;
  /** Holes in the path. */
  holes: number;
  literalSegments: string[];
  query: ReadonlySet<string>;
  specificity: number;
  reading: TemplateReading;
}

/**
 * A pattern, or null where the template says no more than a host, or not even that: `https://api.example.com{path}`
 * predicts that the host is contacted, but no request of it in particular.
 */
export function compilePattern(endpoint: Endpoint, printed: string, reading?: TemplateReading): Pattern | null {
  const { authority, path, query } = splitTemplate(printed);
  const literals = literalSegments(path);
  const openAuthority = literalOf(authority) === "" || authority === "";
  if (!saysEnough(authority, path, literals, openAuthority)) return null;
  if (isAnything(endpoint.method, printed)) return null;
  const clean = path === "" ? "/" : normalPath(path);
  return {
    endpoint,
    printed,
    authority: openAuthority ? null : templateRegExp(authority.toLowerCase()),
    literalAuthority:
      openAuthority || authority.includes("{") ? null : withoutOwnPort(authority.toLowerCase(), printed),
    paths: pathForms(clean, literals.length > 0),
    deepPath: deepForm(clean, literals.length),
    mayHaveBasePath: openAuthority,
    openHost: openAuthority || !hasOwner(authority),
    holes: holeNames(clean).length,
    literalSegments: literalSegments(clean),
    query: new Set([...query.matchAll(/(?:^|&)([^={}&]+)=/g)].map((match) => match[1]!)),
    specificity: literalOf(authority).length * 1000 + literalOf(clean).length * 10 - holeNames(clean).length,
    reading: reading ?? readingOf(endpoint, printed, authority, path),
  };
}

/** Any method of any path: no request in particular. */
export const isAnything = (method: string, printed: string): boolean =>
  method === "ANY" && foldHoles(splitTemplate(printed).path) === "/{}";

const withoutOwnPort = (authority: string, printed: string): string =>
  authority.replace(/^(http|ws):/.test(printed) ? /:80$/ : /:443$/, "");

function saysEnough(authority: string, path: string, literals: string[], openAuthority: boolean): boolean {
  if (authority.endsWith("}") && !openAuthority && path === "" && /\.[a-z]{2,}\{/.test(foldHoles(authority)))
    return false;
  if (openAuthority) return literals.length > 1 || literals.some((segment) => segment.length >= 5);
  return (
    literals.length > 0 || foldHoles(path) === "" || /^\/(\{\})?$/.test(foldHoles(path)) || literalOf(path).length > 3
  );
}

/** `https://proxy.example.com/team/llm` + `/v1/messages` */
const MAX_BASE_SEGMENTS = 2;

/** `{region}.example.com`: whoever owns the name is known; of `api.{domain}` and `{name}.com` nobody is. */
function hasOwner(authority: string): boolean {
  const host = authority.replace(/:[^:\]]*$/, "");
  const behind = host.slice(host.lastIndexOf("}") + 1);
  return behind === host || /\.[^.]+\.[^.]+$/.test(behind);
}

/** How much of the request the template says. */
export function fitOf({ endpoint, openHost, holes }: Pattern, method: string): Fit {
  if (openHost) return { kind: "open-host", holes };
  if (holes > 0) return { kind: "path-holes", holes };
  return { kind: endpoint.method === "ANY" || method === METHOD_UNKNOWN ? "any-method" : "exact", holes };
}

/** How well a target fits: higher is more specific; null where it doesn't. The path is asked in both spellings. */
export function specificityFor(pattern: Pattern, target: RequestTarget, isKnownHost = true): number | null {
  if (!fitsAuthority(pattern, target)) return null;
  for (const path of spellings(target)) {
    const form = pattern.paths.findIndex((regExp) => regExp.test(path));
    if (form !== -1) return pattern.specificity - form * 5;
    if (mayStandBelow(pattern, isKnownHost) && belowBase(pattern, path)) return pattern.specificity - 20;
  }
  return null;
}

/** As `specificityFor`, with holes that hold several segments. */
export function deepSpecificityFor(pattern: Pattern, target: RequestTarget, isKnownHost = true): number | null {
  const { deepPath, specificity } = pattern;
  if (deepPath === null || !isKnownHost || !fitsAuthority(pattern, target)) return null;
  return spellings(target).some((path) => deepPath.test(path)) ? specificity : null;
}

const fitsAuthority = ({ authority, literalAuthority }: Pattern, target: RequestTarget): boolean =>
  authority === null || literalAuthority === target.authority || authority.test(target.authority);

const spellings = ({ path, decodedPath }: RequestTarget): string[] =>
  decodedPath === null ? [path] : [path, decodedPath];

/** `{base}/register` is too little for a base path on a host that the report doesn't have. */
const mayStandBelow = ({ mayHaveBasePath, literalSegments }: Pattern, isKnownHost: boolean): boolean =>
  mayHaveBasePath && (isKnownHost || literalSegments.length > 1);

/** `{base}/v1/messages` fits `/team/v1/messages`. */
function belowBase({ paths }: Pattern, path: string): boolean {
  let slash = 0;
  for (let left = MAX_BASE_SEGMENTS; left > 0; left--) {
    slash = path.indexOf("/", slash + 1);
    if (slash === -1) return false;
    if (paths[0]!.test(path.slice(slash))) return true;
  }
  return false;
}
