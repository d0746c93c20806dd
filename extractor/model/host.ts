import { parsedUrl } from "./parsed-url.ts";

/**
 * The authority of a URL template: `api.example.com`, `localhost:8123`, `{region}.example.com`; null without a
 * scheme.
 */
export function authorityOf(url: string): string | null {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(url)?.[0];
  if (scheme === undefined) return null;
  let depth = 0;
  for (let at = scheme.length; at < url.length; at++) {
    const c = url[at]!;
    if (c === "{") depth++;
    else if (c === "}") depth = Math.max(0, depth - 1);
    else if (depth === 0 && "/?#".includes(c)) return url.slice(scheme.length, at) || null;
  }
  return url.slice(scheme.length) || null;
}

/** The authority in lower case where it is spelled out; null where it holds a hole or there is none. */
export function spelledAuthority(url: string): string | null {
  const authority = authorityOf(url);
  return authority === null || /[{}]/.test(authority) ? null : authority.toLowerCase();
}

/** Without port, user and the root's dot. Brackets of an IPv6 address stay. */
export const hostName = (authority: string): string =>
  authority
    .slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d*$/, "")
    .replace(/\.$/, "");

/** All that an endpoint's address may be, the one that is printed first. */
export const urlsOf = ({ url, alternatives }: { url: string; alternatives: readonly string[] }): string[] => [
  url,
  ...alternatives,
];

/** Names that are spelled out in the URLs of endpoints, alternatives included; sorted. */
export function hostNames(endpoints: readonly { url: string; alternatives: readonly string[] }[]): string[] {
  const authorities = endpoints.flatMap((endpoint) => urlsOf(endpoint).map(spelledAuthority));
  const names = authorities.flatMap((authority) => (authority === null ? [] : [hostName(authority)]));
  return [...new Set(names.filter(isHost))].sort();
}

/** What is left of a host where a value was missing, or an address without its brackets, names none. */
const isHost = (name: string): boolean => !/^\.|\.\./.test(name) && parsedUrl(`http://${name}/`) !== null;

/** The machine itself, by any of its names. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|host\.docker\.internal)$/.test(host);
}
