import type { Endpoint } from "../../model/report.ts";
import type { HoleKind } from "../../model/template.ts";
import { holeNames, literalOf, literalSegments, splitTemplate } from "./template-parts.ts";

/** What a request that fits a template is taken for, and why. */
export interface TemplateReading {
  verdict: "predicted" | "server-supplied" | "user-configured";
  why: string;
  /** The hole that decides where the request goes; null where literals do, or a value that is known. */
  decidedBy: { kind: HoleKind; name: string; from?: string } | null;
}

const SUPPLIED: Partial<Record<HoleKind, TemplateReading["verdict"]>> = {
  response: "server-supplied",
  flag: "server-supplied",
  env: "user-configured",
  config: "user-configured",
};

/** The holes that decide where a request goes: those of the host, or of the whole path. */
export function readingOf(endpoint: Endpoint, printed: string, authority: string, path: string): TemplateReading {
  const deciding = [...holeNames(authority), ...(literalOf(path).replaceAll("/", "") === "" ? holeNames(path) : [])];
  for (const name of deciding) {
    const hole = endpoint.holes[name];
    const verdict = hole === undefined ? undefined : SUPPLIED[hole.kind];
    if (hole !== undefined && verdict !== undefined)
      return { verdict, why: describeHole(hole.kind, name, hole.from), decidedBy: { ...hole, name } };
  }
  return { verdict: "predicted", why: `fits ${endpoint.method} ${printed}`, decidedBy: null };
}

function describeHole(kind: HoleKind, name: string, from?: string): string {
  if (kind === "response")
    return `${name} comes from ${from === undefined ? "a server's answer" : `the answer of ${from}`}`;
  if (kind === "flag") return `${name} is set by a remote flag`;
  if (kind === "env") return `${name} is an environment variable`;
  return `${name} is the user's setting`;
}

/** What a server can change about where an endpoint goes, by an answer or a remote flag; null where it can't. */
export function mobilityOf(endpoint: Endpoint): TemplateReading | null {
  const gate = endpoint.gates.find(({ effect, kind }) => effect === "redirects" && kind === "flag");
  if (gate !== undefined) {
    const why = `the remote flag ${gate.name} can redirect it`;
    return { verdict: "server-supplied", why, decidedBy: { kind: "flag", name: gate.name } };
  }
  for (const [name, hole] of Object.entries(endpoint.holes)) {
    if (SUPPLIED[hole.kind] === "server-supplied" && decides(endpoint, name))
      return {
        verdict: "server-supplied",
        why: describeHole(hole.kind, name, hole.from),
        decidedBy: { ...hole, name },
      };
  }
  return null;
}

/** Of a request to a host that nothing vouches for: what the template that fits leaves open. */
export function unknownHost({ decidedBy, why }: TemplateReading): string {
  if (decidedBy === null) return `unknown host; it ${why}`;
  const { kind, name, from } = decidedBy;
  if (kind === "response")
    return `unknown host; ${from === undefined ? "an answer" : `the answer of ${from}`} could have named it`;
  if (kind === "flag") return `unknown host; the remote flag ${name} could have named it`;
  return `unknown host; ${name} could be the reason`;
}

function decides(endpoint: Endpoint, name: string): boolean {
  return [endpoint.url, ...endpoint.alternatives].some((printed) => {
    const { authority, path } = splitTemplate(printed);
    return (
      holeNames(authority).includes(name) || (literalSegments(path).length === 0 && holeNames(path).includes(name))
    );
  });
}
