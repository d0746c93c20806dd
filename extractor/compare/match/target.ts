import { isLoopback } from "../../model/host.ts";

/** No template has a longer literal segment, and several holes in a segment make matching slow on longer ones. */
const MAX_SEGMENT = 300;
const LONG_SEGMENTS = new RegExp(`([^/]{${MAX_SEGMENT}})[^/]+`, "g");

/** An observed URL, taken apart for comparing. Observed spellings differ where servers see no difference. */
export interface RequestTarget {
  /** `http` or `https`; websockets count as the scheme they start with. */
  scheme: string;
  /** Lower case, without port. */
  host: string;
  /** With the port where it isn't the scheme's own. */
  authority: string;
  /** As observed. */
  rawPath: string;
  /** Duplicate and trailing slashes gone, percent-escapes in one spelling, endless segments shortened. */
  path: string;
  /** The same with escapes decoded, where that differs. */
  decodedPath: string | null;
  query: string;
}

const PARTS = /^(\w+):\/\/(?:[^/?#@]*@)?(\[[^\]/?#]*\]|[^/?#:]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/;

export function targetOf(url: string): RequestTarget {
  const [, scheme = "", host = "", port, rawPath = "", query = ""] = PARTS.exec(url) ?? [];
  const secure = /s$/i.test(scheme);
  const name = host.toLowerCase().replace(/\.$/, "");
  const ownPort = port === undefined || port === (secure ? "443" : "80");
  const clean = normalPath(rawPath);
  const path = clean.length > MAX_SEGMENT ? clean.replace(LONG_SEGMENTS, "$1") : clean;
  const decoded = decode(path);
  return {
    scheme: secure ? "https" : "http",
    host: name,
    authority: ownPort ? name : `${name}:${port}`,
    rawPath,
    path,
    decodedPath: decoded === path ? null : decoded,
    query,
  };
}

/** `//a//b/` -> `/a/b`; the root is `/`. */
export function normalPath(path: string): string {
  const clean = path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
  const trimmed = clean.length > 1 && clean.endsWith("/") ? clean.slice(0, -1) : clean;
  const escapes = trimmed.includes("%") ? trimmed.replace(/%[\da-f]{2}/gi, (hex) => hex.toUpperCase()) : trimmed;
  return escapes === "" ? "/" : escapes;
}

function decode(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Also addresses that are never routed on the internet. */
export function isPrivate(host: string): boolean {
  return (
    isLoopback(host) ||
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(host) ||
    /^\[f[cd][\da-f]{2}:/.test(host) ||
    /\.(local|lan|internal|home\.arpa)$/.test(host)
  );
}
