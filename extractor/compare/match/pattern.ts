import type { Endpoint, Gate } from "../../model/report.ts";
import { foldHoles, type HoleKind, templateRegExp } from "../../model/template.ts";
import { normalPath, type Target } from "./target.ts";
import { holeNames, literalOf, literalSegments, splitTemplate } from "./template-parts.ts";

/** What a request that fits the pattern is taken for, and why. */
export interface Reading {
  verdict: "predicted" | "server-supplied" | "user-configured";
  why: string;
}

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
  /** Holes of several segments, for a request that nothing else fits; null where the template says too little for that. */
  deepPath: RegExp | null;
  /** Below these segments of a base path the pattern's own path may begin. */
  mayHaveBasePath: boolean;
  literalSegments: string[];
  query: ReadonlySet<string>;
  specificity: number;
  reading: Reading;
}

/**
 * A pattern, or null where the template says no more than a host, or not even that: `https://api.example.com{path}` predicts that
 * the host is contacted, but no request of it in particular.
 */
export function compilePattern(endpoint: Endpoint, printed: string, reading?: Reading): Pattern | null {
  const { authority, path, query } = splitTemplate(printed);
  const literals = literalSegments(path);
  const openAuthority = literalOf(authority) === "" || authority === "";
  if (!saysEnough(authority, path, literals, openAuthority)) return null;
  const clean = path === "" ? "/" : normalPath(path);
  // Holes side by side match what one does, only slower.
  const folded = foldHoles(clean).replace(/(?:\{\})+/g, "{}");
  return {
    endpoint,
    printed,
    authority: openAuthority ? null : templateRegExp(authority.toLowerCase()),
    literalAuthority:
      openAuthority || authority.includes("{") ? null : withoutOwnPort(authority.toLowerCase(), printed),
    paths: pathForms(folded, literals.length > 0),
    deepPath: deepForm(folded, literals, openAuthority),
    mayHaveBasePath: openAuthority,
    literalSegments: literals,
    query: new Set([...query.matchAll(/(?:^|&)([^={}&]+)=/g)].map((match) => match[1]!)),
    specificity: literalOf(authority).length * 1000 + literalOf(clean).length * 10 - holeNames(clean).length,
    reading: reading ?? readingOf(endpoint, printed, authority, path),
  };
}

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

/** A hole at the end may be empty where it is glued to a segment, and may hold further segments where others are literal. */
function pathForms(path: string, hasLiterals: boolean): RegExp[] {
  const forms = [templateRegExp(path)];
  const glued = /^(.*[^/{}])\{[^{}]*\}$/.exec(path)?.[1];
  if (glued !== undefined) forms.push(templateRegExp(glued));
  if (hasLiterals && path.endsWith("}")) forms.push(templateRegExp(path, { tail: true }));
  return forms;
}

/** With so many literal segments around it, a value such as `owner/name` is likelier than an endpoint nobody knows of. */
const DEEP_LITERALS = 4;
/** `{path}:generateReport`: what is done, whatever it is done to. */
const TELLING_END = /\}:[^/{}]{6,}$/;
/** Each may be read in four ways, so their number bounds the work. */
const DEEP_HOLES = 3;

function deepForm(path: string, literals: readonly string[], openAuthority: boolean): RegExp | null {
  const holes = path.split("{}").length - 1;
  if (openAuthority || holes === 0 || holes > DEEP_HOLES) return null;
  if (literals.length < DEEP_LITERALS && !TELLING_END.test(path)) return null;
  return templateRegExp(path, { deep: true });
}

const SUPPLIED: Partial<Record<HoleKind, Reading["verdict"]>> = {
  response: "server-supplied",
  flag: "server-supplied",
  env: "user-configured",
  config: "user-configured",
};

/** The holes that decide where a request goes: those of the host, or of the whole path. */
function readingOf(endpoint: Endpoint, printed: string, authority: string, path: string): Reading {
  const deciding = [...holeNames(authority), ...(literalOf(path).replaceAll("/", "") === "" ? holeNames(path) : [])];
  for (const name of deciding) {
    const hole = endpoint.holes[name];
    const verdict = hole === undefined ? undefined : SUPPLIED[hole.kind];
    if (hole !== undefined && verdict !== undefined) return { verdict, why: describeHole(hole.kind, name, hole.from) };
  }
  return { verdict: "predicted", why: `fits ${endpoint.method} ${printed}` };
}

function describeHole(kind: HoleKind, name: string, from?: string): string {
  if (kind === "response")
    return `${name} comes from ${from === undefined ? "a server's answer" : `the answer of ${from}`}`;
  if (kind === "flag") return `${name} is set by a remote flag`;
  if (kind === "env") return `${name} is an environment variable`;
  return `${name} is the user's setting`;
}

/** Whether an endpoint can go elsewhere than its literals say, and who decides that. */
export function mobilityOf(endpoint: Endpoint): Reading | null {
  const gate = endpoint.gates.find(({ effect }) => effect === "redirects");
  if (gate !== undefined)
    return { verdict: gate.kind === "flag" ? "server-supplied" : "user-configured", why: describeGate(gate) };
  for (const [name, hole] of Object.entries(endpoint.holes)) {
    const verdict = SUPPLIED[hole.kind];
    if (verdict !== undefined && decides(endpoint, name))
      return { verdict, why: describeHole(hole.kind, name, hole.from) };
  }
  return null;
}

const describeGate = (gate: Gate): string =>
  ({
    flag: `the remote flag ${gate.name} can redirect it`,
    env: `the environment variable ${gate.name} can redirect it`,
    config: `the setting ${gate.name} can redirect it`,
  })[gate.kind];

function decides(endpoint: Endpoint, name: string): boolean {
  return [endpoint.url, ...endpoint.alternatives].some((printed) => {
    const { authority, path } = splitTemplate(printed);
    return (
      holeNames(authority).includes(name) || (literalSegments(path).length === 0 && holeNames(path).includes(name))
    );
  });
}

/** How well a target fits: higher is more specific; null where it doesn't. The path is asked in both spellings. */
export function specificityFor(pattern: Pattern, target: Target): number | null {
  if (!fitsAuthority(pattern, target)) return null;
  for (const path of spellings(target)) {
    const form = pattern.paths.findIndex((regExp) => regExp.test(path));
    if (form !== -1) return pattern.specificity - form * 5;
    if (pattern.mayHaveBasePath && belowBase(pattern, path)) return pattern.specificity - 20;
  }
  return null;
}

/** As `specificityFor`, with holes that hold several segments. */
export function deepSpecificityFor(pattern: Pattern, target: Target): number | null {
  const { deepPath, specificity } = pattern;
  if (deepPath === null || !fitsAuthority(pattern, target)) return null;
  return spellings(target).some((path) => deepPath.test(path)) ? specificity : null;
}

const fitsAuthority = ({ authority, literalAuthority }: Pattern, target: Target): boolean =>
  authority === null || literalAuthority === target.authority || authority.test(target.authority);

const spellings = ({ path, decodedPath }: Target): string[] => (decodedPath === null ? [path] : [path, decodedPath]);

/** `{base}/v1/messages` fits `/proxy/team/v1/messages`. */
function belowBase(pattern: Pattern, path: string): boolean {
  for (let slash = path.indexOf("/", 1); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    if (pattern.paths[0]!.test(path.slice(slash))) return true;
  }
  return false;
}
