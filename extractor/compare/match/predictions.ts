import type { Fit } from "../../model/check.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import { methodFit } from "./methods.ts";
import { compilePattern, deepSpecificityFor, fitOf, isAnything, type Pattern, specificityFor } from "./pattern.ts";
import { PatternIndex } from "./pattern-index.ts";
import { mobilityOf, type TemplateReading } from "./reading.ts";
import { normalPath, type RequestTarget } from "./target.ts";
import { holeNames, literalSegments, splitTemplate } from "./template-parts.ts";

/** The environment a capture was taken in, by name; null where it isn't known. */
export type Environment = ReadonlyMap<string, string> | null;

export interface Match {
  endpoint: Endpoint;
  reading: TemplateReading;
  /** Segments of the template, which are no identifiers. */
  segments: readonly string[];
  /** Null where an endpoint was moved by a server, and no template fits. */
  fit: Fit | null;
}

interface Movable {
  endpoint: Endpoint;
  reading: TemplateReading;
  /** Literal segments of each of its URLs that has a literal path. */
  paths: string[][];
  authorities: ReadonlySet<string>;
}

const MAX_REMEMBERED = 10_000;

/** Every URL of a report, indexed by host. */
export class Predictions {
  readonly #byAuthority = new Map<string, PatternIndex>();
  /** Host is a hole, or has one. */
  readonly #open = new PatternIndex();
  readonly #movable: Movable[] = [];
  /** Programs ask the same few URLs over and over. */
  readonly #found = new Map<string, Match | null>();

  constructor(report: Report, environment: Environment) {
    // rows of single methods say no more than that
    const anything = new Set(report.endpoints.flatMap(({ method, url }) => (isAnything(method, url) ? [url] : [])));
    for (const endpoint of report.endpoints) {
      for (const printed of [endpoint.url, ...endpoint.alternatives])
        if (!anything.has(printed)) this.#add(endpoint, printed, environment);
      for (const moved of movedByInfluence(endpoint, report, environment)) this.#index(moved);
      this.#addMovable(endpoint);
    }
  }

  #add(endpoint: Endpoint, printed: string, environment: Environment): void {
    const filled = fillEnvironment(endpoint, printed, environment);
    if (filled === null) return;
    const pattern = compilePattern(endpoint, filled.printed, filled.reading);
    if (pattern !== null) this.#index(pattern);
  }

  #index(pattern: Pattern): void {
    if (pattern.literalAuthority === null) {
      this.#open.add(pattern);
      return;
    }
    const known = this.#byAuthority.get(pattern.literalAuthority) ?? new PatternIndex();
    known.add(pattern);
    this.#byAuthority.set(pattern.literalAuthority, known);
  }

  #addMovable(endpoint: Endpoint): void {
    const reading = mobilityOf(endpoint);
    if (reading === null) return;
    const parts = [endpoint.url, ...endpoint.alternatives].map(splitTemplate);
    const paths = parts.map(({ path }) => literalSegments(normalPath(path))).filter((segments) => segments.length >= 2);
    if (paths.length === 0) return;
    this.#movable.push({
      endpoint,
      reading,
      paths,
      authorities: new Set(parts.map(({ authority }) => authority.toLowerCase())),
    });
  }

  /** The most specific template that fits, method before path. */
  find(method: string, target: RequestTarget): Match | null {
    const key = `${method} ${target.authority}${target.path}?${target.query}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const match = this.#search(method, target);
    if (this.#found.size < MAX_REMEMBERED) this.#found.set(key, match);
    return match;
  }

  #search(method: string, target: RequestTarget): Match | null {
    const own = this.#byAuthority.get(target.authority)?.candidates(target) ?? [];
    const open = this.#open.candidates(target);
    const onAnyHost =
      (measure: typeof specificityFor): Measure =>
      (pattern, to) =>
        measure(pattern, to, this.hasAuthority(to.authority));
    const pattern =
      bestOf(own, method, target, specificityFor) ??
      bestOf(own, method, target, deepSpecificityFor) ??
      bestOf(open, method, target, onAnyHost(specificityFor)) ??
      bestOf(open, method, target, onAnyHost(deepSpecificityFor));
    return pattern === null ? null : matchOf(pattern, method);
  }

  /**
   * A request to a host that an answer named, as the endpoint of another host that has its method and path. A path of
   * one segment may be anybody's: it counts on the hosts in whose place that one was seen, if it is written out.
   */
  findElsewhere(method: string, target: RequestTarget, standsFor: ReadonlySet<string> | undefined): Match | null {
    const others = [...this.#byAuthority.values()]
      .flatMap((index) => index.candidates(target))
      .filter(
        ({ literalSegments, holes, literalAuthority }) =>
          literalSegments.length >= 2 ||
          (literalSegments.length === 1 && holes === 0 && standsFor?.has(literalAuthority!)),
      );
    const there =
      (how: Measure): Measure =>
      (pattern: Pattern) =>
        how(pattern, { ...target, authority: pattern.literalAuthority! });
    const pattern =
      bestOf(others, method, target, there(specificityFor)) ??
      bestOf(others, method, target, there(deepSpecificityFor));
    return pattern === null ? null : matchOf(pattern, method);
  }

  /**
   * An endpoint that a flag or an answer can redirect, seen where it was moved to on its own host: its own segments
   * in their order, with up to two more between (`/event_logging/batch` -> `/event_logging/v2/batch`).
   */
  findMoved(method: string, target: RequestTarget): Match | null {
    const observed = segmentsOf(target.path);
    for (const { endpoint, reading, paths, authorities } of this.#movable) {
      if (methodFit(endpoint.method, method) === null || !authorities.has(target.authority)) continue;
      const segments = paths.find((own) => isSpreadOut(own, observed));
      if (segments !== undefined)
        return {
          endpoint,
          reading: { ...reading, why: `${endpoint.url} moved: ${reading.why}` },
          segments,
          fit: null,
        };
    }
    return null;
  }

  /** The endpoint of the same host whose path lies in the given one, which a server named in its place. */
  findStretched(method: string, target: RequestTarget): Endpoint | null {
    const observed = segmentsOf(target.path);
    const found = this.#byAuthority
      .get(target.authority)
      ?.candidates(target)
      .find(
        ({ endpoint, printed }) =>
          methodFit(endpoint.method, method) !== null &&
          isSpreadOut(segmentsOf(normalPath(splitTemplate(printed).path)), observed),
      );
    return found?.endpoint ?? null;
  }

  hasAuthority(authority: string): boolean {
    return this.#byAuthority.has(authority);
  }
}

const matchOf = (pattern: Pattern, method: string): Match => ({
  endpoint: pattern.endpoint,
  reading: pattern.reading,
  segments: pattern.literalSegments,
  fit: fitOf(pattern, method),
});

type Measure = (pattern: Pattern, target: RequestTarget) => number | null;

/**
 * Of those that fit, the most specific; between equals, one whose host a server names is likelier than a variable few
 * people set.
 */
function bestOf(patterns: readonly Pattern[], method: string, target: RequestTarget, measure: Measure): Pattern | null {
  let best: { pattern: Pattern; score: number } | null = null;
  for (const pattern of patterns) {
    const methods = methodFit(pattern.endpoint.method, method);
    const where = methods === null ? null : measure(pattern, target);
    if (methods === null || where === null) continue;
    const supplied = pattern.reading.verdict === "server-supplied" ? 0.5 : 0;
    const score = where * 10 - methods + queryBonus(pattern, target) + supplied;
    if (best === null || score > best.score) best = { pattern, score };
  }
  return best?.pattern ?? null;
}

const queryBonus = (pattern: Pattern, target: RequestTarget): number =>
  pattern.query.size > 0 && [...pattern.query].every((name) => `&${target.query}`.includes(`&${name}=`)) ? 5 : 0;

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

/** All of `own` in order inside `observed`, both ends the same, at most two more. */
function isSpreadOut(own: string[], observed: string[]): boolean {
  const extra = observed.length - own.length;
  if (extra < 1 || extra > 2 || own[0] !== observed[0] || own.at(-1) !== observed.at(-1)) return false;
  let at = 0;
  for (const segment of observed) if (segment === own[at]) at++;
  return at === own.length;
}

/** Holes of variables that the run had set are filled; a template whose variable was surely not set says nothing. */
function fillEnvironment(
  endpoint: Endpoint,
  printed: string,
  environment: Environment,
): { printed: string; reading?: TemplateReading } | null {
  if (environment === null) return { printed };
  let filled = printed;
  let used: string | null = null;
  for (const name of holeNames(printed)) {
    if (endpoint.holes[name]?.kind !== "env") continue;
    const value = environment.get(name);
    if (value === undefined || value === "") {
      if (holeNames(splitTemplate(printed).authority).includes(name)) return null;
      continue;
    }
    filled = filled.replace(`{${name}}`, printed.startsWith(`{${name}}/`) ? value.replace(/\/+$/, "") : value);
    used = name;
  }
  return used === null
    ? { printed }
    : { printed: filled, reading: { verdict: "user-configured", why: `${used} of the environment`, decidedBy: null } };
}

/** A variable that influences an endpoint and holds a URL takes the place of its origin, though no template says so. */
function movedByInfluence(endpoint: Endpoint, report: Report, environment: Environment): Pattern[] {
  const moved: Pattern[] = [];
  for (const [name, value] of environment ?? []) {
    const influences = report.environment.find((variable) => variable.name === name)?.influences.includes(endpoint.id);
    const redirects = endpoint.gates.some(
      (gate) => gate.kind === "env" && gate.name === name && gate.effect === "redirects",
    );
    if ((!influences && !redirects) || !/^(https?|wss?):\/\//i.test(value)) continue;
    const { path, query } = splitTemplate(endpoint.url);
    const printed = `${value.replace(/\/+$/, "")}${path}${query === "" ? "" : `?${query}`}`;
    const pattern = compilePattern(endpoint, printed, {
      verdict: "user-configured",
      why: `${name} of the environment`,
      decidedBy: null,
    });
    if (pattern !== null) moved.push(pattern);
  }
  return moved;
}
