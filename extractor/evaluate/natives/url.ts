import type { Guard } from "../../ir/expression.ts";
import type { Mutation, Variable, Write } from "../../ir/unit.ts";
import { sameOrigin } from "../domain/equality.ts";
import {
  type Argument,
  hole,
  join,
  literalText,
  type NativeValue,
  native,
  type OpenHole,
  type Piece,
  type PropertyWrites,
  string,
  type TextValue,
  type UrlValue,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "../objects/member.ts";
import { memberNames } from "../objects/member-names.ts";
import { argument } from "../transfer/compute.ts";
import { toTexts } from "../transfer/to-text.ts";
import { canonicalPieces } from "./canonical-pieces.ts";
import { decode, type Encoded, encode, isHoleChar, leadingHole, together } from "./encoded.ts";

/** scheme, authority, path, query, fragment; a hole at the start may hold scheme, host and some of the path. */
const URL_PARTS = /^([a-zA-Z][a-zA-Z0-9+.-]*:(?=\/\/))?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s;

/** `new URL(a, b)` */
export function newUrl(ev: Evaluator, args: readonly Argument[]): Values {
  const paths = toTexts(ev, argument(ev, args, 0));
  const bases = args.length > 1 ? toTexts(ev, argument(ev, args, 1)) : [];
  const out: UrlValue[] = [];
  for (const path of paths.slice(0, 16)) {
    const p = encode(path.parts);
    const absolute = /^[a-z][a-z0-9+.-]*:/i.test(p.s);
    if (bases.length === 0 || absolute || (isHoleChar(p.s.charCodeAt(0)) && bases.every(isPlaceholder)))
      out.push({ kind: "url", href: canonicalPieces(path.parts) });
    else
      for (const base of bases.slice(0, 8))
        out.push({ kind: "url", href: resolved(encode(canonicalPieces(base.parts)), p) });
  }
  return out;
}

/** `new URL(url, "http://localhost")`: a host that is only there so that anything can be parsed. */
const isPlaceholder = ({ parts: [first, ...more] }: TextValue): boolean =>
  typeof first === "object" ||
  (typeof first === "string" && more.length === 0 && /^[a-z]+:\/\/[a-z]+\/?$/i.test(first));

function resolved(base: Encoded, path: Encoded): readonly Piece[] {
  const { b: written, holes } = together(base, path);
  const b = written.replace(/^[\\/]+/, (slashes) => slashes.replaceAll("\\", "/"));
  const [, scheme = "", authority = "", basePath = ""] = URL_PARTS.exec(base.s) ?? [];
  const origin = scheme + authority;
  let s: string;
  if (b.startsWith("//")) s = scheme + b;
  else if (origin === "") s = b.startsWith("/") ? base.s.replace(/\/+$/, "") + b : joinPath(base.s, b);
  else if (b.startsWith("/")) s = origin + b;
  else if (b.startsWith("?") || b.startsWith("#")) s = origin + basePath + b;
  else if (b === "") s = base.s;
  else s = joinPath(origin + (basePath || "/"), b);
  return decode(s, holes).parts;
}

/** Relative to the last slash of the base, dot segments resolved. */
function joinPath(base: string, path: string): string {
  let folder = base.slice(0, base.lastIndexOf("/") + 1) || `${base}/`;
  let rest = path.replace(/^(\.\/)+/, "");
  while (rest.startsWith("../")) {
    const above = folder.replace(/[^/]+\/$/, "");
    // above what is open lies something that only the program knows
    if (above === "") break;
    rest = rest.slice(3);
    folder = above;
  }
  return folder + rest;
}

type UrlPart = "protocol" | "user" | "host" | "pathname" | "search" | "hash" | "origin";

function splitUrl(s: string): Record<UrlPart, string> {
  const [, scheme = "", authority = "", path = "", query = "", hash = ""] = URL_PARTS.exec(s) ?? [];
  const at = authority.lastIndexOf("@") + 1;
  const host = at > 0 ? authority.slice(at) : authority.slice(2);
  return {
    protocol: scheme,
    /** `user:password@` */
    user: at > 0 ? authority.slice(2, at) : "",
    host,
    pathname: path,
    search: query,
    hash,
    origin: scheme + (authority === "" ? "" : `//${host}`),
  };
}

/** `url.pathname` and its kin. */
export function urlMember(v: UrlValue, key: string): Values {
  const { s, holes } = encode(v.href);
  const parts = splitUrl(s);
  switch (key) {
    case "href":
      return [spelledUrl(v)];
    case "port":
      return [decode(/:(\d*)$/.exec(parts.host)?.[1] ?? "", holes)];
    case "searchParams":
      return [native("URLSearchParams")];
    case "username":
    case "password":
      return parts.protocol === "" ? [hole("unknown", key)] : [decode(userInfo(parts.user)[key], holes)];
    case "protocol":
    case "host":
    case "hostname":
    case "pathname":
    case "path":
    case "search":
    case "hash":
    case "origin":
      if (parts.protocol === "" && key !== "search" && key !== "hash") {
        // what a caller gives as the address may be known to the caller
        const origin = holes[0]?.origin;
        return [origin ? hole("param", key, origin) : hole("unknown", key)];
      }
      if (key === "hostname") return [decode(parts.host.replace(/:\d*$/, ""), holes)];
      // `path` is of what `url.parse()` gives: with the query
      if (key === "path") return [decode((parts.pathname || "/") + parts.search, holes)];
      return [decode(key === "pathname" && parts.pathname === "" ? "/" : parts[key], holes)];
    default:
      return [hole("unknown", key)];
  }
}

/** `user:password@` in its two parts. */
function userInfo(user: string): { username: string; password: string } {
  const [, username = "", password = ""] = /^([^:]*):?(.*?)@?$/s.exec(user) ?? [];
  return { username, password };
}

export function urlMethod(_ev: Evaluator, v: UrlValue, name: string): Values | null {
  return name === "toString" || name === "toJSON" ? [spelledUrl(v)] : null;
}

/** As text: one that is all host gets its path, `https://api.example.dev/`. */
export function spelledUrl({ href }: UrlValue): TextValue {
  const [only] = href;
  const isHost = href.length === 1 && typeof only === "string" && /^[a-z]+:\/\/[^/?#]+$/i.test(only);
  return { kind: "text", parts: isHost ? [`${only}/`] : href };
}

/** `u.pathname = …`, `u.searchParams.set(k, v)`: a changed URL beside, or in place of, the one that was made. */
export function mutatedUrl(ev: Evaluator, v: UrlValue, { variable, env, at }: PropertyWrites): Values {
  let made: MadeUrl[] = [{ url: v, under: at.length === 0 ? conditionsOf(ev, v, variable, env) : [] }];
  for (const w of variable.writes) {
    if (w.path.length !== at.length + 1 || !at.every((k, i) => w.path[i] === k)) continue;
    const key = w.path[at.length]!;
    // what is written may be made of the URL as it is by then: `u.pathname = u.pathname + "/x"`
    made = made
      .flatMap((m) => ev.whileInProgress(variable, [m.url], () => written(ev, m, { key, write: w }, env)))
      .slice(0, BOUNDS.writtenUrls);
  }
  let urls = made.map(({ url }) => url);
  for (const m of variable.mutations) {
    if (m.path.at(-1) !== "searchParams" || m.path.length !== at.length + 1) continue;
    urls = urls.map((u) => ev.whileInProgress(variable, [u], () => withParameter(ev, u, m, env)));
  }
  return urls;
}

/** A URL, and the outcomes of conditions that it takes to come about. */
interface MadeUrl {
  url: UrlValue;
  under: readonly Guard[];
}

/** `u.pathname = …`: a write to one part of a URL. */
interface PartWrite {
  key: string;
  write: Write;
}

/** Under which conditions the variable was given the URL; none where several definitions give it. */
function conditionsOf(ev: Evaluator, v: UrlValue, { definitions }: Variable, env: Env | null): Guard[] {
  const [only, ...others] = definitions.filter((d) => ev.evaluate(d.expression, env).includes(v));
  const conditions: Guard[] = [];
  if (others.length === 0) for (let g = only?.guard ?? null; g !== null; g = g.outer) conditions.push(g);
  return conditions;
}

function written(ev: Evaluator, before: MadeUrl, { key, write: w }: PartWrite, env: Env | null): MadeUrl[] {
  const taken: Guard[] = [];
  for (let g = w.guard; g !== null; g = g.outer) {
    const { test, is } = g;
    const known = before.under.find((u) => u.test === test);
    // in the other arm of a condition that this URL came through
    if (known !== undefined && known.is !== is) return [before];
    if (known !== undefined) continue;
    const outcome = conditionOutcome(ev, test, env);
    if (outcome !== null && outcome !== is) return [before];
    if (outcome === null) taken.push(g);
  }
  const changed = toTexts(ev, ev.evaluate(w.expression, env))
    .slice(0, 4)
    .map((t) => ({ url: withPart(before.url, key, encode(t.parts)), under: [...before.under, ...taken] }));
  if (changed.length === 0) return [before];
  return taken.length === 0 ? changed : [before, ...changed];
}

/** `u.searchParams.set(name, value)`, `append`, `delete`: where the condition surely fails, nothing. */
function withParameter(ev: Evaluator, u: UrlValue, { method, call }: Mutation, env: Env | null): UrlValue {
  const [first, second] = call.arguments;
  if (first === undefined || !ev.isReachable(call.guard, env)) return u;
  const name = literalText(ev.evaluate(first, env)[0]);
  if (name === null || name === "") return u;
  const { s, holes } = encode(u.href);
  const parts = splitUrl(s);
  const kept = parts.search
    .slice(1)
    .split("&")
    .filter((p) => p !== "" && (method === "append" || p.split("=")[0] !== name));
  const before = parts.origin + parts.pathname;
  if (method === "delete") return { kind: "url", href: decode(before + query(kept) + parts.hash, holes).parts };
  const [value] = toTexts(ev, second === undefined ? [] : ev.evaluate(second, env));
  const given = together({ s, holes }, encode(value?.parts ?? hole("unknown", name).parts));
  const href = before + query([...kept, `${name}=${given.b}`]) + parts.hash;
  return { kind: "url", href: decode(href, given.holes).parts };
}

const query = (pairs: readonly string[]): string => (pairs.length === 0 ? "" : `?${pairs.join("&")}`);

function withPart(u: UrlValue, key: string, value: Encoded): UrlValue {
  const base = encode(u.href);
  const { b, holes } = together(base, value);
  const parts = splitUrl(base.s);
  const origin = (protocol: string, host: string, user = parts.user) =>
    protocol === "" && host === "" ? "" : `${protocol}//${user}${host}`;
  const rest = (path: string, search: string, hash: string) => path + search + hash;
  const port = /:\d*$/.exec(parts.host)?.[0] ?? "";
  const { protocol, host, pathname, search, hash } = parts;
  const all = origin(protocol, host);
  const { username, password } = userInfo(parts.user);
  const signedIn = (user: string) => origin(protocol, host, user) + rest(pathname, search, hash);
  const s: Record<string, () => string> = {
    href: () => b,
    // of an address that is open as a whole, its scheme too is what a caller knows
    protocol: () => (host === "" ? all : origin(b.endsWith(":") ? b : `${b}:`, host)) + rest(pathname, search, hash),
    host: () => origin(protocol, b) + rest(pathname, search, hash),
    hostname: () => origin(protocol, b + port) + rest(pathname, search, hash),
    port: () => origin(protocol, host.replace(/:\d*$/, "") + (b === "" ? "" : `:${b}`)) + rest(pathname, search, hash),
    username: () => signedIn(`${escapedUser(b)}${password === "" ? "" : `:${password}`}@`),
    password: () => signedIn(`${username}:${escapedUser(b)}@`),
    pathname: () => all + writtenPath(pathname, b, holes) + search + hash,
    search: () => all + pathname + (b === "" || b.startsWith("?") ? b : `?${b}`) + hash,
    hash: () => all + pathname + search + b,
  };
  const change = Object.hasOwn(s, key) ? s[key] : undefined;
  return change ? { kind: "url", href: decode(change(), holes).parts } : u;
}

/**
 * A path that is written over another one. Of an address that is open as a whole the hole stays, since it holds the
 * host; what is read of its own path is in it already: `u.pathname = u.pathname + "/v1"`.
 */
function writtenPath(before: string, path: string, holes: readonly OpenHole[]): string {
  const whole = leadingHole(before, holes);
  const rooted = path.startsWith("/") || path === "" ? path : `/${path}`;
  if (whole === undefined) return rooted;
  const read = leadingHole(path, holes);
  return before.charAt(0) + (read !== undefined && isReadOf(whole, read) ? path.slice(1) : rooted);
}

/** Without callers their names tell the two apart: `u.pathname = process.env.PREFIX + "/v1"` is not its own path. */
const isReadOf = (whole: OpenHole, read: OpenHole): boolean =>
  sameOrigin(whole, read) && (read.origin !== undefined || read.name === whole.name || read.name === "pathname");

/** What would end the user's part of an address. */
const escapedUser = (text: string): string => text.replace(/[/\\?#@:%[\]{}\s]/g, encodeURIComponent);

/** `a={a}&b=1` of `new URLSearchParams({a, b: 1})` and what was set later. */
export function queryText(ev: Evaluator, v: NativeValue): Piece[] {
  const pieces: Piece[] = [];
  const sources = v.args.length > 0 ? argument(ev, v.args, 0) : [];
  for (const source of sources) {
    const whole = literalText(source);
    if (whole !== null) return [whole.replace(/^\?/, "")];
    for (const name of memberNames(ev, source)) {
      pieces.push(...pair(ev, pieces.length === 0 ? "" : "&", [string(name)], memberOf(ev, [source], name)));
    }
  }
  for (const { variable, env, at } of v.writers) {
    for (const m of variable.mutations) {
      if ((m.method !== "set" && m.method !== "append") || m.path.length !== at.length || !m.call.arguments[0])
        continue;
      pieces.push(
        ...pair(
          ev,
          pieces.length === 0 ? "" : "&",
          ev.evaluate(m.call.arguments[0], env),
          m.call.arguments[1] ? ev.evaluate(m.call.arguments[1], env) : [],
        ),
      );
    }
  }
  return pieces.length > 0 ? pieces : [...hole("unknown", "query").parts];
}

function pair(ev: Evaluator, before: string, names: Values, values: Values): Piece[] {
  const name = literalText(names[0]) ?? "";
  if (name === "") return [];
  const [value] = toTexts(ev, join(values));
  return [`${before}${name}=`, ...(value?.parts ?? hole("unknown", name).parts)];
}
