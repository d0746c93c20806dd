import { parsedUrl } from "../model/parsed-url.ts";
import { hasMark } from "./hole-marks.ts";

/** Schemes whose URLs always have a host, and their own ports. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443", ws: "80", wss: "443", ftp: "21" };
const SPECIAL = /^(https?|wss?|ftp):[/\\]*/i;
/** `tcp://https::443`: a host holds no colon, unless in brackets. */
const TWO_PORTS = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?[^/?#:[\]]*:[^/?#:[\]]*:/i;
/** Controls and blanks around a URL. */
const AROUND = /^[\u0000-\u0020]+|[\u0000-\u0020]+$/g;
/** They are left out wherever they stand. */
const INSIDE = /[\t\n\r]/g;
/** As a path they mean what `.` and `..` do. */
const DOT = /^(?:\.|%2e)$/i;
const TWO_DOTS = /^(?:\.|%2e){2}$/i;

/**
 * The text of a URL as the URL standard reads it, as far as it is known: `https:\\A.example/x/../b` ->
 * `https://a.example/b`. Texts without a scheme of the web stay as they are, but for what is never part of a URL.
 * @param text holes are marks (`hole-marks.ts`)
 * @returns null where a client would refuse it
 */
export function canonicalUrl(text: string): string | null {
  const bare = text.replace(AROUND, "").replace(INSIDE, "");
  const [start, written = ""] = SPECIAL.exec(bare) ?? [];
  if (start === undefined) return TWO_PORTS.test(bare) ? null : bare;
  const scheme = written.toLowerCase();
  const rest = bare.slice(start.length);
  const end = endOf(rest, /[/\\?#]/);
  const authority = canonicalAuthority(rest.slice(0, end), scheme);
  if (authority === null) return null;
  const after = rest.slice(end);
  const query = endOf(after, /[?#]/);
  return `${scheme}://${authority}${canonicalPath(after.slice(0, query))}${after.slice(query)}`;
}

function endOf(text: string, what: RegExp): number {
  const at = text.search(what);
  return at < 0 ? text.length : at;
}

/** User and password stay as they are; the host in the form that DNS takes, without the scheme's own port. */
function canonicalAuthority(authority: string, scheme: string): string | null {
  const at = authority.lastIndexOf("@") + 1;
  const host = authority.slice(at);
  const user = authority.slice(0, at);
  if (!hasMark(host)) {
    const plain = hostOf(host, scheme);
    return plain === null ? null : user + plain;
  }
  const [, name = "", port] = /^(.*?)(?::(\d*))?$/s.exec(host) ?? [];
  const own = port === undefined || port === "" || Number(port) === Number(DEFAULT_PORTS[scheme]);
  return `${user}${name.toLowerCase().replace(/[。．｡]/g, ".")}${own ? "" : `:${Number(port)}`}`;
}

/** Host and port of a URL that is spelled out; null where there can be none. */
function hostOf(host: string, scheme: string): string | null {
  return host === "" ? null : (parsedUrl(`${scheme}://${host}/`)?.host ?? null);
}

/** Backslashes are slashes, and steps up and down are taken as far as they are known. */
function canonicalPath(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  if (!/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(slashes)) return slashes;
  const out: string[] = [];
  const segments = slashes.split("/");
  for (const [i, segment] of segments.entries()) {
    const isLast = i === segments.length - 1;
    if (TWO_DOTS.test(segment)) {
      if (out.length > 1) out.pop();
      if (isLast) out.push("");
    } else if (!DOT.test(segment)) out.push(segment);
    else if (isLast) out.push("");
  }
  return out.join("/");
}
