import { hostName } from "../../model/host.ts";
import { splitAddress } from "../address.ts";
import { hostKindOf } from "../blocklist/host-kind.ts";

/**
 * How much an address tells a reader: a host by its name, one that is known only when the program runs, the machine
 * itself.
 */
export type HostStanding = "named" | "open" | "local";

const ORDER: readonly HostStanding[] = ["named", "open", "local"];
const HOLE = /\{[^{}]*\}/g;

/** Of a URL template. `https://{region}.example.com/` is named; `{base}/v1` and `http://{host}:{port}/` are open. */
export function standingOf(url: string): HostStanding {
  const authority = splitAddress(url).host.replace(/^[a-z][a-z\d+.-]*:\/\//i, "");
  if (!/[a-z\d]/i.test(authority.replace(HOLE, ""))) return "open";
  const kind = hostKindOf(hostName(authority.replace(HOLE, "0")).toLowerCase());
  if (kind === null) return "open";
  return kind === "local" ? "local" : "named";
}

/** What tells most first; the order is kept otherwise. */
export function byStanding<T>(items: readonly T[], urlOf: (item: T) => string): T[] {
  const ranked = items.map((item) => ({ item, rank: ORDER.indexOf(standingOf(urlOf(item))) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
