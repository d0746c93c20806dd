import { grouped } from "../../model/group.ts";
import { hostName, spelledAuthority, urlsOf } from "../../model/host.ts";
import { parsedUrl } from "../../model/parsed-url.ts";
import type { BlockEffect, Endpoint, Report } from "../../model/report.ts";
import { isPublicSuffix, registeredDomain } from "../../url/registrable.ts";
import { type HostKind, hostKindOf } from "./host-kind.ts";

/** Channels that tell somebody about the user and nothing the user asked for. */
export const TELEMETRY_CHANNELS: readonly string[] = ["product-analytics", "opentelemetry", "third-party-logs"];

/** What the reader wants blocked. */
export interface ListChoice {
  /** Channel ids; null for all. */
  only: readonly string[] | null;
  /** `required`: nothing without which the tool breaks. `useful`: nor what it merely misses. */
  keep: "nothing" | "required" | "useful";
  /** Rules for a proxy that sees paths, in formats that know them. */
  withPaths?: boolean;
}

/** Where every host of the reports went. Each stands in exactly one list; all are sorted. */
export interface BlockPlan {
  /** `name version` of each report. */
  packages: string[];
  choice: ListChoice;
  blocked: PlannedHost[];
  /** Wanted and unwanted traffic go to the same host: only a proxy that sees paths can part them. */
  shared: PlannedHost[];
  /** Nothing unwanted goes there. */
  kept: PlannedHost[];
  /** This machine or its own network: nothing leaves. */
  local: PlannedHost[];
  /** Unwanted, but a list can't hold the name, or must not. */
  unfit: UnfitHost[];
  /** Unwanted, but the host is known only when the tool runs. */
  open: Endpoint[];
}

/** Why a name that is spelled out stands in no list. */
export type Unfit = "suffix" | "unregistrable" | "misspelled";

export interface UnfitHost {
  host: string;
  why: Unfit;
  unwanted: Endpoint[];
}

export interface PlannedHost {
  /** ASCII, lower case. */
  host: string;
  kind: HostKind;
  unwanted: Endpoint[];
  wanted: Endpoint[];
  /** Many other programs need it. */
  isShared: boolean;
}

export function planBlockList(reports: readonly Report[], choice: ListChoice): BlockPlan {
  const endpoints = reports.flatMap((report) => report.endpoints);
  const shared = new Set(reports.flatMap(({ sharedHosts = [] }) => sharedHosts));
  const hosts = hostsOf(endpoints, choice, shared);
  const local = ({ kind }: PlannedHost) => kind === "local";
  const away = hosts.filter((host) => !local(host));
  const needed = ({ wanted, isShared }: PlannedHost) =>
    isShared || wanted.some(({ ifBlocked }) => ifBlocked.effect !== "safe");
  return {
    packages: [...new Set(reports.map(({ package: { name, version } }) => `${name} ${version}`))].sort(),
    choice,
    blocked: away.filter((host) => host.unwanted.length > 0 && !needed(host)),
    shared: away.filter((host) => host.unwanted.length > 0 && needed(host)),
    kept: away.filter(({ unwanted }) => unwanted.length === 0),
    local: hosts.filter(local),
    unfit: unfitHosts(endpoints, choice),
    open: openEndpoints(endpoints, choice),
  };
}

function hostsOf(endpoints: readonly Endpoint[], choice: ListChoice, shared: ReadonlySet<string>): PlannedHost[] {
  const pairs = endpoints.flatMap((endpoint) => namesOf(endpoint).map((host) => ({ host, endpoint })));
  return [...grouped(pairs, ({ host }) => host)]
    .map(([host, own]) => ({
      host,
      kind: hostKindOf(host)!,
      unwanted: own.map(({ endpoint }) => endpoint).filter((endpoint) => isUnwanted(endpoint, choice)),
      wanted: own.map(({ endpoint }) => endpoint).filter((endpoint) => !isUnwanted(endpoint, choice)),
      isShared: shared.has(host),
    }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** Alternatives count, since the tool may use them. */
const namesOf = (endpoint: Endpoint): string[] => [
  ...new Set(urlsOf(endpoint).flatMap((one) => listedHost(one) ?? [])),
];

/** The host of a URL in the form that DNS knows; null where it isn't spelled out or can't stand in a list. */
export function listedHost(url: string): string | null {
  const host = spelledHost(url);
  return host === null || unfitness(host) !== null ? null : host;
}

/** As `URL.hostname` gives it, or as it is written where no URL can have it; null where it isn't spelled out. */
export function spelledHost(url: string): string | null {
  const authority = spelledAuthority(url);
  if (authority === null) return null;
  return parsedUrl(`http://${hostName(authority)}/`)?.hostname ?? hostName(authority);
}

export function unfitness(host: string): Unfit | null {
  const kind = hostKindOf(host);
  if (kind === null) return "misspelled";
  if (kind !== "name") return null;
  if (isPublicSuffix(host)) return "suffix";
  return registeredDomain(host) === null ? "unregistrable" : null;
}

function unfitHosts(endpoints: readonly Endpoint[], choice: ListChoice): UnfitHost[] {
  const unwanted = endpoints.filter((endpoint) => isUnwanted(endpoint, choice));
  const pairs = unwanted.flatMap((endpoint) =>
    [...new Set(urlsOf(endpoint).flatMap((url) => spelledHost(url) ?? []))].map((host) => ({ host, endpoint })),
  );
  return [...grouped(pairs, ({ host }) => host)]
    .flatMap(([host, own]): UnfitHost[] => {
      const why = unfitness(host);
      return why === null ? [] : [{ host, why, unwanted: own.map(({ endpoint }) => endpoint) }];
    })
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}

function openEndpoints(endpoints: readonly Endpoint[], choice: ListChoice): Endpoint[] {
  const isOpen = (endpoint: Endpoint) => spelledHost(endpoint.url) === null;
  const open = endpoints.filter((endpoint) => isUnwanted(endpoint, choice) && isOpen(endpoint));
  const byText = grouped(open, ({ method, url }) => `${method} ${url}`);
  return [...byText.values()].map(([first]) => first!).sort((a, b) => (a.url < b.url ? -1 : 1));
}

const KEPT: Record<ListChoice["keep"], readonly BlockEffect[]> = {
  nothing: [],
  required: ["breaks"],
  useful: ["breaks", "degrades"],
};

function isUnwanted({ channel, ifBlocked }: Endpoint, { only, keep }: ListChoice): boolean {
  return (only === null || only.includes(channel)) && !KEPT[keep].includes(ifBlocked.effect);
}
