import { grouped } from "../../model/group.ts";
import { hostName, spelledAuthority } from "../../model/host.ts";
import type { BlockEffect, Endpoint, Report } from "../../model/report.ts";
import { type HostKind, hostKindOf } from "./host-kind.ts";

/** Channels that tell somebody about the user and nothing the user asked for. */
export const TELEMETRY_CHANNELS: readonly string[] = ["product-analytics", "opentelemetry", "third-party-logs"];

/** What the reader wants blocked. */
export interface Choice {
  /** Channel ids; null for all. */
  only: readonly string[] | null;
  /** `required`: nothing without which the tool breaks. `useful`: nor what it merely misses. */
  keep: "nothing" | "required" | "useful";
}

/** Where every host of the reports went. Each stands in exactly one list; all are sorted. */
export interface BlockPlan {
  /** `name version` of each report. */
  packages: string[];
  choice: Choice;
  blocked: PlannedHost[];
  /** Wanted and unwanted traffic go to the same host: only a proxy that sees paths can part them. */
  shared: PlannedHost[];
  /** Nothing unwanted goes there. */
  kept: PlannedHost[];
  /** This machine or its own network: nothing leaves. */
  local: PlannedHost[];
  /** Unwanted, but the host is known only when the tool runs. */
  open: Endpoint[];
}

export interface PlannedHost {
  /** ASCII, lower case. */
  host: string;
  kind: HostKind;
  unwanted: Endpoint[];
  wanted: Endpoint[];
}

export function planBlockList(reports: readonly Report[], choice: Choice): BlockPlan {
  const endpoints = reports.flatMap((report) => report.endpoints);
  const hosts = hostsOf(endpoints, choice);
  const local = ({ kind }: PlannedHost) => kind === "local";
  const away = hosts.filter((host) => !local(host));
  const unsafe = ({ wanted }: PlannedHost) => wanted.some(({ ifBlocked }) => ifBlocked.effect !== "safe");
  return {
    packages: [...new Set(reports.map(({ package: { name, version } }) => `${name} ${version}`))].sort(),
    choice,
    blocked: away.filter((host) => host.unwanted.length > 0 && !unsafe(host)),
    shared: away.filter((host) => host.unwanted.length > 0 && unsafe(host)),
    kept: away.filter(({ unwanted }) => unwanted.length === 0),
    local: hosts.filter(local),
    open: openEndpoints(endpoints, choice),
  };
}

function hostsOf(endpoints: readonly Endpoint[], choice: Choice): PlannedHost[] {
  const pairs = endpoints.flatMap((endpoint) => namesOf(endpoint).map((host) => ({ host, endpoint })));
  return [...grouped(pairs, ({ host }) => host)]
    .map(([host, own]) => ({
      host,
      kind: hostKindOf(host)!,
      unwanted: own.map(({ endpoint }) => endpoint).filter((endpoint) => isUnwanted(endpoint, choice)),
      wanted: own.map(({ endpoint }) => endpoint).filter((endpoint) => !isUnwanted(endpoint, choice)),
    }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}

/** Alternatives count, since the tool may use them. */
function namesOf({ url, alternatives }: Endpoint): string[] {
  return [...new Set([url, ...alternatives].flatMap((one) => listedHost(one) ?? []))];
}

/** The host of a URL in the form that DNS knows; null where it isn't spelled out or can't stand in a list. */
export function listedHost(url: string): string | null {
  const authority = spelledAuthority(url);
  const bare = authority === null ? null : `http://${hostName(authority)}/`;
  const host = bare !== null && URL.canParse(bare) ? new URL(bare).hostname : null;
  return host === null || hostKindOf(host) === null ? null : host;
}

function openEndpoints(endpoints: readonly Endpoint[], choice: Choice): Endpoint[] {
  const isOpen = (endpoint: Endpoint) => listedHost(endpoint.url) === null;
  const open = endpoints.filter((endpoint) => isUnwanted(endpoint, choice) && isOpen(endpoint));
  const byText = grouped(open, ({ method, url }) => `${method} ${url}`);
  return [...byText.values()].map(([first]) => first!).sort((a, b) => (a.url < b.url ? -1 : 1));
}

const KEPT: Record<Choice["keep"], readonly BlockEffect[]> = {
  nothing: [],
  required: ["breaks"],
  useful: ["breaks", "degrades"],
};

function isUnwanted({ channel, ifBlocked }: Endpoint, { only, keep }: Choice): boolean {
  return (only === null || only.includes(channel)) && !KEPT[keep].includes(ifBlocked.effect);
}
