import { foldHoles, type Hole, isHole, type Template } from "../../model/template.ts";
import { canonicalUrl } from "../../url/canonical.ts";
import { FIRST_MARK, holeIndex, holeMark, LAST_MARK, MARK } from "../../url/hole-marks.ts";
import { parse } from "../../url/public-suffixes.ts";
import { placeName } from "./hole-place.ts";
import { withoutEndSlashes } from "./pattern.ts";

/**
 * A URL template in parts. Holes stand in the texts as one private character each, so that they can be cut as text;
 * `holes[i]` belongs to `holeMark(i)`.
 */
export interface UrlForm {
  /** Lower case; null where the first piece is a hole or a relative path. */
  scheme: string | null;
  /** `npm:name`: no authority, all in `path`. */
  opaque: boolean;
  /** Host and port, lower case. */
  authority: string;
  /** Empty, or starts with `/`, without slashes at the end. */
  path: string;
  /** Length of what `path` starts with and was put behind the host as it is: it belongs to a base address. */
  base: number;
  /** Without `?`. */
  query: string;
  /** Without `#`. */
  fragment: string;
  holes: readonly Hole[];
}

/** Nothing leaves the process. */
const LOCAL_SCHEMES = new Set(["data", "blob", "file", "about", "javascript", "node", "bun"]);
/** `{tmpdir}/tool.sock`, `\\.\pipe\tool`: processes of one machine speak through it. */
const LOCAL_SOCKET = /\.sock$|^[\\/]{2}[.?][\\/]pipe[\\/]/;
/** Not the host in `localhost:3000` or `example.com:{port}`. */
const SCHEME = /^(?!localhost:)([a-z][a-z0-9+-]*|[a-z][a-z0-9+.-]*(?=:\/\/)):(?!\d)/i;
/** A value of a query that is a text of its own: what it says is no part of the address. */
const LONG_VALUE = /([^&=]+)=[^&]{120,}/g;
/** Null: a local URL (`data:`, `file:` …), which isn't sent anywhere, or one that a client refuses (`isRefused`). */
export function urlForm(template: Template): UrlForm | null {
  const holes: Hole[] = [];
  const mark = (hole: Hole) => {
    // more holes than marks: a template nobody can read; the last mark stands for the rest
    if (holes.length <= LAST_MARK - FIRST_MARK) holes.push(hole);
    return holeMark(holes.length - 1);
  };
  const written = template.map((piece) => (isHole(piece) ? mark(piece) : markLiteral(piece, mark))).join("");
  const whole = canonicalUrl(written)?.replace(/^[\w.-]+@([\w.-]+):(?!\d)/, "ssh://$1/"); // git's short form
  if (whole === undefined) return null;
  const text = withOrigin(whole, holes, mark);
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase() ?? null;
  if (scheme === null && LOCAL_SOCKET.test(text)) return null;
  if (scheme !== null && LOCAL_SCHEMES.has(scheme)) return null;
  if (scheme !== null && !text.startsWith("//", scheme.length + 1)) {
    const path = text.slice(scheme.length + 1);
    return { scheme, opaque: true, authority: "", path, base: 0, query: "", fragment: "", holes };
  }
  const rest =
    scheme === null
      ? withAuthority(text, () => mark({ kind: "unknown", name: "origin" }))
      : text.slice(scheme.length + 3);
  const [, before = "", query = "", fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(rest) ?? [];
  const slash = pathStart(before);
  const authority = slash < 0 ? before : before.slice(0, slash);
  return {
    scheme,
    opaque: false,
    authority: cleanAuthority(authority),
    path: slash < 0 ? "" : withoutEndSlashes(before.slice(slash).replace(/^(?!\/)/, "/")),
    base: slash < 0 || before[slash] === "/" ? 0 : 1 + /^[^/]*/.exec(before.slice(slash))![0].length,
    query: withoutEmptyPairs(query).replace(
      LONG_VALUE,
      (_, name: string) => `${name}=${mark({ kind: "unknown", name })}`,
    ),
    fragment,
    holes,
  };
}

/** A scheme, a host and maybe a port that are all open: `{u.protocol}//{u.host}`. */
const OPEN_ORIGIN = /^([\ue000-\uf8ff])(?::?\/\/)([\ue000-\uf8ff])(?::[\ue000-\uf8ff])?(?![\w.-])/;

/** Parts of an address that nobody knows are one origin, as where the program asked the address for it. */
function withOrigin(text: string, holes: readonly Hole[], mark: (hole: Hole) => string): string {
  const [parts = "", scheme, host] = OPEN_ORIGIN.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return text;
  const [first, second] = [holes[holeIndex(scheme)]!, holes[holeIndex(host)]!];
  const isPart = /(?:^|\.)(?:protocol|scheme)$/i.test(first.original ?? first.name);
  const isNamed = [first, second].some(({ kind }) => kind === "env" || kind === "config" || kind === "flag");
  const { kind, from } = second;
  return isPart && !isNamed
    ? mark({ kind, name: "origin", ...(from === undefined ? {} : { from }) }) + text.slice(parts.length)
    : text;
}

/** A URL of the web without a host that a client could look up: `https://a b/`, `http://h:99999/`. */
export const isRefused = (template: Template): boolean =>
  canonicalUrl(
    template.map((piece) => (isHole(piece) ? holeMark(0) : markLiteral(piece, () => holeMark(0)))).join(""),
  ) === null;

/** `?limit=10&`: where the next pair would have been put. */
const withoutEmptyPairs = (query: string): string =>
  query.startsWith("&") || query.endsWith("&") || query.includes("&&")
    ? query.split("&").filter(Boolean).join("&")
    : query;

/** A whole host name or address, and holes behind it: what is put behind a host is a path. */
const WHOLE_HOST =
  /^((?:[a-z0-9_\ue000-\uf8ff-]+\.)+[a-z]{2,24}|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?=[\ue000-\uf8ff]+(?:\/|$))/i;

/** Where the path begins; -1 where there is none. */
function pathStart(text: string): number {
  const [whole, host] = WHOLE_HOST.exec(text) ?? [];
  const ends = host !== undefined && (/^[\d.]+$/.test(host) || parse(host.replace(MARK, "x")).isIcann === true);
  return ends ? whole!.length : text.indexOf("/");
}

/**
 * `{name}` written in the source is a hole too. A brace without its partner would swallow the rest of the URL: it is
 * encoded.
 */
function markLiteral(literal: string, mark: (hole: Hole) => string): string {
  return literal
    .replace(MARK, "\ufffd")
    .replace(/\{([^{}]*)\}/g, (_, name: string) => mark({ kind: "param", name }))
    .replaceAll("{", "%7B")
    .replaceAll("}", "%7D");
}

/** Text without scheme -> the same, with something that stands for the host in front of the first slash. */
function withAuthority(text: string, unknownOrigin: () => string): string {
  if (text.startsWith("//")) return text.slice(2);
  const first = /^[^/?#]*/.exec(text)![0];
  const holeFirst = /^[\ue000-\uf8ff]/.test(text);
  // `{base}v1/models`, `{registry}@scope/name`: the base ends in a slash
  if (holeFirst)
    return /^[\ue000-\uf8ff]@?[a-z0-9_]/i.test(first) && !first.includes(".") ? `${text[0]}/${text.slice(1)}` : text;
  const hostLike =
    /^[^\s/]+(\.[a-z\ue000-\uf8ff][a-z0-9-\ue000-\uf8ff]*|:\d+)$/i.test(first) || /^localhost\b/i.test(first);
  if (hostLike) return text;
  return `${unknownOrigin()}${text.startsWith("/") ? "" : "/"}${text}`;
}

/** Without user name and password, which are nobody's business. */
const cleanAuthority = (authority: string): string => authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();

export const foldMarks = (text: string) => text.replace(MARK, "{}");
const hasLiteral = (text: string) => /[\p{L}\p{N}]/u.test(text.replace(MARK, ""));

/** Some label of the host is spelled out. */
export const hostKnown = (form: UrlForm) => form.opaque || hasLiteral(form.authority.replace(/:\d+$/, ""));
/** Some segment of the path is spelled out. */
export const pathKnown = (form: UrlForm) => hasLiteral(form.path);
/** Nothing of the path is known, though there is one. */
export const pathOpen = (form: UrlForm) => form.path !== "" && !pathKnown(form);

const origin = (form: UrlForm) =>
  (form.scheme === null ? "" : `${form.scheme}:${form.opaque ? "" : "//"}`) + form.authority;

/** The whole address was in the answer of a known request: `await fetch(answer.upload_url)`. */
export function answered(form: UrlForm): Hole | null {
  const hole = form.scheme === null && form.path === "" && form.authority.length === 1 ? form.holes[0] : undefined;
  return hole?.kind === "response" && /^https?:\/\/[^/{]+\//.test(hole.from ?? "") ? hole : null;
}

/**
 * Identity: no names of holes, no query, no fragment. Of an address that a server supplies, which of its answers that
 * is.
 */
export function formKey(form: UrlForm): string {
  const answer = answered(form);
  if (answer !== null) return `{} ${foldHoles(answer.from!)} ${answer.name}`;
  return foldHoles(foldMarks(origin(form) + form.path));
}

/**
 * For people: `name` gives each hole its printed name. A page in a browser keeps its fragment; a request never sends
 * one.
 */
export function printForm(
  form: UrlForm,
  name: (hole: Hole, place: string | null) => string,
  withFragment: boolean,
): string {
  const path = form.path === "" && !form.opaque && hostKnown(form) ? "/" : form.path;
  const query = form.query === "" ? "" : `?${form.query}`;
  const fragment = form.fragment === "" || !withFragment ? "" : `#${form.fragment}`;
  const text = `${origin(form)}${path}${query}${fragment}`;
  return text.replace(MARK, (mark, at: number) => `{${name(form.holes[holeIndex(mark)]!, placeName(text, at))}}`);
}
