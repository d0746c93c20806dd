import { grouped } from "../../model/group.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import { registeredDomain } from "../../url/registrable.ts";
import { endpointHost } from "./reporting.ts";

/**
 * Which endpoints are the maker's own: the domains and vendors that the package's name speaks of, else the domain
 * that most of its own code goes to. A host that many programs need is nobody's own.
 */
export function ownEndpoints(report: Report): (endpoint: Endpoint) => boolean {
  const shared = new Set(report.sharedHosts ?? []);
  const away = report.endpoints.filter((endpoint) => endpoint.apart === undefined && domainOf(endpoint) !== null);
  const candidates = away.filter((endpoint) => !shared.has(endpointHost(endpoint)));
  const byDomain = grouped(candidates, (endpoint) => domainOf(endpoint)!);
  const named = [...byDomain.keys()].filter((domain) => speaksOf(report.package.name, domain.split(".")[0]!));
  const vendors = new Set(
    away.flatMap(({ vendor }) => (vendor !== null && speaksOf(report.package.name, vendor) ? [vendor] : [])),
  );
  const [fullest] = [...byDomain].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
  const domains = new Set(named.length > 0 || vendors.size > 0 || fullest === undefined ? named : [fullest[0]]);
  for (const domain of domains)
    for (const { vendor } of byDomain.get(domain)!) if (vendor !== null) vendors.add(vendor);
  return (endpoint) =>
    (endpoint.vendor !== null && vendors.has(endpoint.vendor)) || domains.has(domainOf(endpoint) ?? "");
}

function domainOf(endpoint: Endpoint): string | null {
  const host = endpointHost(endpoint);
  return /[{}]/.test(host) ? null : registeredDomain(host);
}

/** `@acme/cli` speaks of `acme`. */
const speaksOf = (name: string, word: string): boolean =>
  word.length > 2 &&
  name
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .includes(word.toLowerCase());
