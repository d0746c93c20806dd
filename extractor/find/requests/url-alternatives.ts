import { type OpenHole, type TextValue, textKey } from "../../evaluate/domain/value.ts";
import type { RequestFinding } from "../../model/finding.ts";
import { type Hole, printTemplate, type Template, template } from "../../model/template.ts";
import type { Locate } from "../calls/evidence.ts";
import { hasHost } from "../sinks/url.ts";

interface Group {
  kind: RequestFinding["kind"];
  urls: TextValue[];
}

/** Values that differ in the host alone are one request with alternatives; another path is another request. */
export function groupedByPath(
  found: { url: TextValue; kind: RequestFinding["kind"] }[],
  locate: Locate,
): { kind: RequestFinding["kind"]; urls: Template[] }[] {
  const groups = new Map<string, Group>();
  for (const { url, kind } of found) {
    const path = printTemplate(url.parts)
      .replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/]*/i, "")
      .replace(/[?#].*$/s, "");
    const key = `${kind} ${path}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { kind, urls: [url] });
    else if (!group.urls.some((u) => textKey(u) === textKey(url))) group.urls.push(url);
  }
  return withMoved([...groups.values()]).map(({ kind, urls }) => ({
    kind,
    urls: urls.sort((a, b) => rank(a) - rank(b)).map((url) => closed(url, locate)),
  }));
}

/**
 * `{flag}{flag}` beside `https://host/v1/items`: where a path is set from outside, it is set in place of the
 * program's own.
 */
function withMoved(groups: Group[]): Group[] {
  const own = groups.map(({ urls }) => urls.filter((url) => !isMoved(url)));
  if (own.every((urls) => urls.length === 0)) return groups;
  return groups.flatMap(({ kind }, i): Group[] => {
    if (own[i]!.length === 0) return [];
    const moved = groups.flatMap((g) => (g.kind === kind ? g.urls.filter(isMoved) : []));
    return [{ kind, urls: [...own[i]!, ...moved] }];
  });
}

/** All of its path is what a variable, a setting or a flag says. */
function isMoved({ parts: [first, ...rest] }: TextValue): boolean {
  const path = typeof first === "string" ? [first.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, ""), ...rest] : rest;
  const holes = path.filter((p) => typeof p !== "string");
  return holes.length > 0 && path.every((p) => (typeof p === "string" ? /^\/*$/.test(p) : SET_OUTSIDE.has(p.kind)));
}

const SET_OUTSIDE = new Set<Hole["kind"]>(["env", "config", "flag"]);

/** Hosts that a program talks to while it is being made. */
const REHEARSAL = /:\/\/(localhost\b|127\.|([^/]*[.-])?(staging|stage|stg|dev|test|sandbox|preview|qa)[.-])/i;

/** A literal host says more than a hole, and what users meet comes before what developers do. */
function rank({ parts }: TextValue): number {
  if (!hasHost(parts)) return 2;
  return REHEARSAL.test(parts[0] as string) ? 1 : 0;
}

/**
 * What leaves the evaluator is a plain template: origins were for climbing. What stands for a parameter itself keeps
 * its place.
 */
function closed(t: TextValue, locate: Locate): Template {
  return template(
    t.parts.map((p): string | Hole => {
      if (typeof p === "string") return p;
      const { origin, ...plain } = p as OpenHole;
      const parameter = origin?.func.paramVariables[origin.index];
      if (!origin || !parameter || parameter.name !== plain.name || parameter.at < 0) return plain;
      const { file } = origin.func.unit;
      return { ...plain, declared: { file, ...locate(file, parameter.at) } };
    }),
  );
}
