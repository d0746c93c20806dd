import { spelledAuthority } from "../../model/host.ts";
import type { Endpoint } from "../../model/report.ts";
import { foldHoles } from "../../model/template.ts";

export interface Pairs<T> {
  both: [before: T, after: T][];
  removed: T[];
  added: T[];
}

/**
 * Endpoints with a key in common are the same one. From the strictest rule to the loosest; each takes what the ones
 * before left.
 */
const RULES: ((endpoint: Endpoint) => string[])[] = [
  ({ kind, method, url }) => [`${kind} ${method} ${address(url)}`],
  ({ method, url }) => [`${method} ${address(url)}`],
  ({ method, url, alternatives }) =>
    [url, ...alternatives].filter((one) => spelledAuthority(one) !== null).map((one) => `${method} ${address(one)}`),
  moved,
];

/**
 * Which endpoint of one report is which of the other. Names of holes don't count, and a moved path parameter is no
 * new endpoint.
 */
export function pairEndpoints(before: readonly Endpoint[], after: readonly Endpoint[]): Pairs<Endpoint> {
  let pairs: Pairs<Endpoint> = { both: [], removed: [...before], added: [...after] };
  for (const keys of RULES) pairs = pairBy(keys, pairs);
  return pairAny(pairs);
}

function pairBy<T>(keys: (item: T) => string[], { both, removed, added }: Pairs<T>): Pairs<T> {
  const waiting = new Map<string, T[]>();
  for (const item of added) for (const key of keys(item)) waiting.set(key, [...(waiting.get(key) ?? []), item]);
  const taken = new Set<T>();
  const found: [T, T][] = [];
  const left = removed.filter((item) => {
    const partner = keys(item)
      .flatMap((key) => waiting.get(key) ?? [])
      .find((candidate) => !taken.has(candidate));
    if (partner === undefined) return true;
    taken.add(partner);
    found.push([item, partner]);
    return false;
  });
  return { both: [...both, ...found], removed: left, added: added.filter((item) => !taken.has(item)) };
}

/** A method that was open and is known now, or the other way round. */
function pairAny(pairs: Pairs<Endpoint>): Pairs<Endpoint> {
  const open = ({ method }: Endpoint) => method === "ANY";
  const key = ({ url }: Endpoint) => [address(url)];
  const learned = pairBy(key, { both: [], removed: pairs.removed.filter(open), added: pairs.added });
  const removed = [...learned.removed, ...pairs.removed.filter((endpoint) => !open(endpoint))];
  const lost = pairBy(key, { both: [], removed, added: learned.added.filter(open) });
  return {
    both: [...pairs.both, ...learned.both, ...lost.both],
    removed: lost.removed,
    added: [...lost.added, ...learned.added.filter((endpoint) => !open(endpoint))],
  };
}

/** Without query, as in the id. */
const address = (url: string): string => foldHoles(url).replace(/[?#].*$/s, "");

/** The same literal segments in the same order and as many open ones; only for paths that have some of both. */
function moved({ kind, method, url }: Endpoint): string[] {
  const authority = spelledAuthority(url);
  if (authority === null) return [];
  const path = address(url).slice(address(url).indexOf("://") + 3 + authority.length);
  const segments = path.split("/").filter((segment) => segment !== "");
  const literal = segments.filter((segment) => !segment.includes("{}"));
  if (literal.length === 0 || literal.length === segments.length) return [];
  return [`${kind} ${method} ${authority} ${segments.length - literal.length} ${literal.join("/")}`];
}
