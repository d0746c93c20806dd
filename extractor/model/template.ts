import { escaped } from "./patterns/escaped-pattern.ts";

/**
 * A string value as far as it is known: literal pieces and typed holes, in normal form (no empty and no adjacent
 * literals).
 * `https://api.example.com/v1/users/{id}` is `["https://api.example.com/v1/users/", {kind: "argument", name: "id"}]`.
 */
export type Template = readonly (string | Hole)[];

export type HoleKind =
  | "env" // an environment variable; name = the variable
  | "config" // the user's settings; name = the key
  | "flag" // a remote feature-flag or dynamic-config read; name = the key
  | "argument" // a command-line argument
  | "param" // a parameter nobody was seen to fill
  | "response" // what a server answered; name = path in the answer, from = its URL
  | "time" // clock, random, uuid
  | "loop" // the value feeds on itself
  | "unknown";

export interface Hole {
  kind: HoleKind;
  /** For a reader, and for the printed URL: `{name}`. */
  name: string;
  /** `response` only: URL template of the request that was answered. */
  from?: string;
  /** A parameter's place in the generated code. */
  declared?: { file: string; line: number; column: number };
  /** What the original sources call the parameter. */
  original?: string;
}

/** Normal form of a sequence of pieces. */
export function template(pieces: Iterable<string | Hole>): Template {
  const out: (string | Hole)[] = [];
  for (const piece of pieces) {
    if (piece === "") continue;
    const last = out.length - 1;
    if (typeof piece === "string" && typeof out[last] === "string") out[last] += piece;
    else out.push(piece);
  }
  return out;
}

export const isHole = (piece: string | Hole | undefined): piece is Hole => typeof piece === "object";

/** `https://host/{id}`. Braces in literals stay: `{server_id}` written in the source is a placeholder as well. */
export function printTemplate(t: Template): string {
  return t.map((piece) => (typeof piece === "string" ? piece : `{${piece.name}}`)).join("");
}

/** Identity without the names of holes: two templates that differ in those only are the same endpoint. */
export function templateKey(t: Template): string {
  return foldHoles(printTemplate(t));
}

/** `{anything}` (nested braces too) -> `{}`. */
export function foldHoles(text: string): string {
  let out = "";
  let depth = 0;
  for (const c of text) {
    if (c === "{") {
      if (depth++ === 0) out += "{}";
    } else if (c === "}") {
      if (depth > 0) depth--;
      else out += c;
    } else if (depth === 0) out += c;
  }
  return depth === 0 ? out : text;
}

/**
 * The one definition of what a printed template matches. A hole takes any text inside its segment (at least one
 * character).
 * @param options.tail a hole in the last segment takes all further segments
 * @param options.deep so many further segments may each hole take that isn't the end: `owner/name`,
 * `projects/p/regions/r`
 */
export function templateRegExp(printed: string, options: { tail?: boolean; deep?: number } = {}): RegExp {
  const pieces = foldHoles(printed).split("{}");
  const body = pieces.map(escaped);
  const inner = options.deep === undefined ? SEGMENT : `${SEGMENT}(?:/${SEGMENT}){0,${options.deep}}`;
  const isOpenEnd = pieces.length > 1 && body.at(-1) === "";
  if (!isOpenEnd) return new RegExp(`^${body.join(inner)}$`, "s");
  return new RegExp(`^${body.slice(0, -1).join(inner)}${options.tail === true ? ".+" : SEGMENT}$`, "s");
}

const SEGMENT = "[^/?#]+";
