import { grouped } from "../../model/group.ts";
import { authorityOf, urlsOf } from "../../model/host.ts";
import type { Endpoint, Gate, Report } from "../../model/report.ts";
import { type HostKind, hostKindOf } from "../blocklist/host-kind.ts";
import { spelledHost, TELEMETRY_CHANNELS, type Unfit, unfitness } from "../blocklist/plan.ts";
import { hostPattern } from "./host-pattern.ts";

/** What the reader wants allowed. */
export interface AllowChoice {
  /** Hosts that only get reports on the user, too. */
  withTelemetry: boolean;
  /** Nothing that the tool merely misses. */
  requiredOnly: boolean;
  /** Rules for paths of hosts that also get telemetry, in formats that know them. */
  withPaths: boolean;
}

/** `required`: something breaks without it, whatever is set. `optional`: everything else that is no telemetry. */
export type Need = "required" | "optional" | "telemetry";

export interface AllowedHost {
  /** ASCII, lower case; `*` where the code makes the text: `api.*.example.com`. */
  pattern: string;
  kind: HostKind;
  need: Need;
  /** Sorted; empty where no URL says one and the scheme has none. */
  ports: number[];
  /** What the host is allowed for. */
  wanted: Endpoint[];
  /** What also goes there and reports on the user: a list of hosts can't part them. */
  unwanted: Endpoint[];
  /** `flag x`, `answer of https://…`: by these the server sends what went to this host elsewhere, or brings it here. */
  movedBy: string[];
  /** `env AWS_REGION`: what fills a `*`, or replaces the host. */
  chosenBy: string[];
}

/** Requests whose host is known only when the tool runs, by what supplies it: `env API_URL`. */
export interface OpenHost {
  source: string;
  isServers: boolean;
  endpoints: Endpoint[];
}

/** Where every host of the reports went. All sorted. */
export interface AllowPlan {
  packages: string[];
  choice: AllowChoice;
  hosts: AllowedHost[];
  /** Not asked for. */
  left: AllowedHost[];
  /** This machine or its own network. */
  local: string[];
  /** Names that no list can hold. */
  unfit: { host: string; why: Unfit }[];
  open: OpenHost[];
}

export function planAllowList(reports: readonly Report[], choice: AllowChoice): AllowPlan {
  const endpoints = reports.flatMap((report) => report.endpoints);
  const hosts = hostsOf(endpoints, choice);
  const isAsked = ({ need }: AllowedHost) =>
    need === "required" || (need === "telemetry" ? choice.withTelemetry : !choice.requiredOnly);
  const away = hosts.filter(({ kind }) => kind !== "local");
  return {
    packages: [...new Set(reports.map(({ package: { name, version } }) => `${name} ${version}`))].sort(),
    choice,
    hosts: away.filter(isAsked),
    left: away.filter((host) => !isAsked(host)),
    local: hosts.filter(({ kind }) => kind === "local").map(({ pattern }) => pattern),
    unfit: unfitHosts(endpoints),
    open: openHosts(endpoints, choice),
  };
}

const isTelemetry = ({ channel }: Endpoint): boolean => TELEMETRY_CHANNELS.includes(channel);

function hostsOf(endpoints: readonly Endpoint[], choice: AllowChoice): AllowedHost[] {
  const pairs = endpoints.flatMap((endpoint) => urlsOf(endpoint).map((url) => ({ url, endpoint, host: listed(url) })));
  const byHost = grouped(pairs, ({ host }) => host);
  return [...byHost]
    .flatMap(([pattern, own]) => (pattern === null ? [] : [hostOf(pattern, own, choice)]))
    .sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

/** The host of a URL as a list can hold it, with `*` where the code makes a part; null where there is none. */
function listed(url: string): string | null {
  const host = spelledHost(url);
  if (host !== null) return unfitness(host) === null ? host : null;
  const pattern = hostPattern(url);
  return pattern !== null && unfitness(pattern.replaceAll("*", "x")) === null ? pattern : null;
}

interface Sent {
  url: string;
  endpoint: Endpoint;
}

function hostOf(pattern: string, sent: readonly Sent[], choice: AllowChoice): AllowedHost {
  const all = [...new Set(sent.map(({ endpoint }) => endpoint))];
  const wanted = all.filter((endpoint) => choice.withTelemetry || !isTelemetry(endpoint));
  return {
    pattern,
    kind: hostKindOf(pattern.replaceAll("*", "x"))!,
    need: needOf(pattern, sent),
    ports: [...new Set(sent.flatMap(({ url }) => portOf(url) ?? []))].sort((a, b) => a - b),
    wanted,
    unwanted: all.filter((endpoint) => !wanted.includes(endpoint)),
    movedBy: sorted(all.flatMap((endpoint) => [...redirects(endpoint, "flag"), ...serverHoles(endpoint)])),
    chosenBy: sorted([
      ...all.flatMap((endpoint) => [...redirects(endpoint, "env"), ...redirects(endpoint, "config")]),
      ...sent.flatMap(({ url, endpoint }) => hostHoles(url, endpoint).map(([name, { kind }]) => `${kind} ${name}`)),
    ]),
  };
}

/**
 * Not everybody needs an address that stands beside another one, that a setting completes, or that is used with some
 * switch only.
 */
function needOf(pattern: string, sent: readonly Sent[]): Need {
  if (sent.every(({ endpoint }) => isTelemetry(endpoint))) return "telemetry";
  const isRequired = ({ url, endpoint }: Sent) =>
    url === endpoint.url &&
    !pattern.includes("*") &&
    !isTelemetry(endpoint) &&
    endpoint.ifBlocked.effect === "breaks" &&
    !endpoint.gates.some(({ effect, ways }) => effect === "enables" && ways === undefined);
  return sent.some(isRequired) ? "required" : "optional";
}

const redirects = ({ gates }: Endpoint, kind: Gate["kind"]): string[] =>
  gates.flatMap((gate) => (gate.effect === "redirects" && gate.kind === kind ? [`${kind} ${gate.name}`] : []));

type NamedHole = [name: string, hole: Endpoint["holes"][string]];

/** Holes that stand in the host of a URL, or before everything in it. */
function hostHoles(url: string, { holes }: Endpoint): NamedHole[] {
  const place = authorityOf(url) ?? /^[^/]*/.exec(url)![0];
  return Object.entries(holes).filter(([name]) => place.includes(`{${name}}`));
}

const serverHoles = (endpoint: Endpoint): string[] =>
  urlsOf(endpoint).flatMap((url) =>
    hostHoles(url, endpoint).flatMap(([name, hole]) => (isServers(hole) ? [sourceOf(name, hole)] : [])),
  );

const isServers = ({ kind }: NamedHole[1]): boolean => kind === "flag" || kind === "response";

const sourceOf = (name: string, { kind, from }: NamedHole[1]): string =>
  kind === "response" ? `answer ${name}${from === undefined ? "" : ` of ${from}`}` : `${kind} ${name}`;

const PORTS_BY_PROTOCOL: Record<string, number> = { "https:": 443, "wss:": 443, "http:": 80, "ws:": 80 };

function portOf(url: string): number | null {
  const authority = authorityOf(url);
  const scheme = /^[a-z][a-z\d+.-]*:/i.exec(url)?.[0].toLowerCase() ?? "";
  const port = authority === null ? undefined : /:(\d{1,5})$/.exec(authority)?.[1];
  return port === undefined ? (PORTS_BY_PROTOCOL[scheme] ?? null) : Number(port);
}

function unfitHosts(endpoints: readonly Endpoint[]): AllowPlan["unfit"] {
  const spelled = endpoints.flatMap((endpoint) => urlsOf(endpoint).flatMap((url) => spelledHost(url) ?? []));
  return sorted(spelled).flatMap((host) => {
    const why = unfitness(host);
    return why === null ? [] : [{ host, why }];
  });
}

/** By the first hole of the host, since it decides most. */
function openHosts(endpoints: readonly Endpoint[], { withTelemetry, requiredOnly }: AllowChoice): OpenHost[] {
  const open = endpoints.filter(
    (endpoint) =>
      spelledHost(endpoint.url) === null &&
      hostPattern(endpoint.url) === null &&
      (withTelemetry || !isTelemetry(endpoint)) &&
      (!requiredOnly || endpoint.ifBlocked.effect === "breaks"),
  );
  const pairs = open.flatMap((endpoint) => {
    const [first] = hostHoles(endpoint.url, endpoint);
    if (first === undefined || !["env", "config", "flag", "response"].includes(first[1].kind)) return [];
    return [{ source: sourceOf(...first), isServers: isServers(first[1]), endpoint }];
  });
  return [...grouped(pairs, ({ source }) => source)]
    .map(([source, own]) => ({
      source,
      isServers: own[0]!.isServers,
      endpoints: own.map(({ endpoint }) => endpoint),
    }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
