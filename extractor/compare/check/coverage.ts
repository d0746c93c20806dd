import {
  type Check,
  type CheckSummary,
  FIT_KINDS,
  type Firing,
  type FitKind,
  type HostRow,
  type ObservedRun,
  VERDICTS,
  type Verdict,
} from "../../model/check.ts";
import type { BlockEffect, Endpoint, Report } from "../../model/report.ts";
import type { Environment } from "../match/predictions.ts";
import { targetOf } from "../match/target.ts";
import { splitTemplate } from "../match/template-parts.ts";
import { Attempts } from "./attempts.ts";
import { contradicted, explainDormant, type Flags } from "./dormancy.ts";
import { isoTime, type ObservedRow } from "./observed-rows.ts";

type Coverage = Pick<Check, "summary" | "fired" | "dormant" | "firings" | "disagreements" | "channels" | "hosts">;

/** Rows of requests -> what of the report they touch. */
export function coverageOf(
  report: Report,
  rows: readonly ObservedRow[],
  environment: Environment,
  { flags, run }: { flags: Flags; run: ObservedRun | null },
): Coverage {
  const attempts = new Attempts(run);
  const rowsById = new Map<string, ObservedRow[]>();
  for (const row of rows) {
    if (row.endpoint !== null) rowsById.set(row.endpoint.id, [...(rowsById.get(row.endpoint.id) ?? []), row]);
  }
  const fired = report.endpoints.filter(({ id }) => rowsById.has(id));
  const dormant = report.endpoints.filter(({ id }) => !rowsById.has(id));
  return {
    summary: summaryOf(rows, fired, dormant),
    fired: fired.map(({ id }) => id).sort(),
    dormant: dormant.map((endpoint) => attempts.of(endpoint) ?? explainDormant(endpoint, environment, flags)),
    firings: fired.map((endpoint) => firingOf(endpoint, rowsById.get(endpoint.id)!)),
    disagreements: fired.flatMap((endpoint) => {
      const gate = contradicted(endpoint.gates, environment);
      return gate === null ? [] : [{ id: endpoint.id, gate, count: countOf(rowsById.get(endpoint.id)!) }];
    }),
    channels: channelsOf(report, rowsById),
    hosts: hostsOf(report, rows),
  };
}

const countOf = (rows: readonly ObservedRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);

function summaryOf(
  rows: readonly ObservedRow[],
  fired: readonly Endpoint[],
  dormant: readonly Endpoint[],
): CheckSummary {
  const verdicts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict, count } of rows) verdicts[verdict] += count;
  const distinct = (of: readonly ObservedRow[]) => new Set(of.map(({ method, url }) => `${method} ${url}`)).size;
  const own = rows.filter(({ verdict }) => !FOREIGN.has(verdict));
  return {
    requests: countOf(rows),
    distinct: distinct(rows),
    verdicts,
    unpredicted: { distinct: distinct(own.filter(({ verdict }) => verdict === "unpredicted")), of: distinct(own) },
    predicted: Object.fromEntries(
      FIT_KINDS.map((kind) => [
        kind,
        distinct(rows.filter(({ verdict, fit }) => verdict === "predicted" && fit?.kind === kind)),
      ]),
    ) as Record<FitKind, number>,
    endpoints: { fired: fired.length, dormant: dormant.length },
    onKnownHosts: {
      fired: fired.filter(hasKnownHost).length,
      of: [...fired, ...dormant].filter(hasKnownHost).length,
    },
  };
}

const hasKnownHost = ({ url, alternatives }: Endpoint): boolean =>
  [url, ...alternatives].some((one) => /^[^{}]+$/.test(splitTemplate(one).authority));

const FOREIGN: ReadonlySet<Verdict> = new Set(["child-process", "bystander", "interception-artefact"]);

function firingOf({ id, method, url, channel }: Endpoint, rows: readonly ObservedRow[]): Firing {
  const statuses = new Map<string, number>();
  for (const row of rows)
    for (const [status, count] of row.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
  const times = rows.flatMap(({ first, last }) => [first, last]).filter((time) => time !== null);
  return {
    id,
    method,
    url,
    channel,
    count: countOf(rows),
    first: isoTime(times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))),
    last: isoTime(times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b))),
    statuses: Object.fromEntries([...statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
    senders: [...new Set(rows.map(({ sender }) => sender.name))].sort(),
  };
}

function channelsOf(report: Report, rowsById: ReadonlyMap<string, ObservedRow[]>): Check["channels"] {
  const channels = new Map<string, { channel: string; requests: number; fired: number; dormant: number }>();
  for (const { id, channel } of report.endpoints) {
    const row = channels.get(channel) ?? { channel, requests: 0, fired: 0, dormant: 0 };
    const seen = rowsById.get(id);
    row[seen === undefined ? "dormant" : "fired"]++;
    row.requests += countOf(seen ?? []);
    channels.set(channel, row);
  }
  return [...channels.values()].sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

function endpointsByAuthority(report: Report): ReadonlyMap<string, Endpoint[]> {
  const found = new Map<string, Endpoint[]>();
  for (const endpoint of report.endpoints) {
    for (const url of new Set([endpoint.url, ...endpoint.alternatives].map((one) => targetOf(one).authority)))
      found.set(url, [...(found.get(url) ?? []), endpoint]);
  }
  return found;
}

const worst = (endpoints: readonly Endpoint[], known: HostRow["ifBlocked"] = null): HostRow["ifBlocked"] =>
  endpoints.reduce(
    (most, { ifBlocked }) =>
      most === null || SEVERITY[ifBlocked.effect] > SEVERITY[most.effect] ? { ...ifBlocked } : most,
    known,
  );

const SEVERITY: Record<BlockEffect, number> = { safe: 0, degrades: 1, breaks: 2 };

/** A host is blocked for all of its endpoints, those that slept included. */
function hostsOf(report: Report, rows: readonly ObservedRow[]): HostRow[] {
  const predicted = endpointsByAuthority(report);
  const hosts = new Map<
    string,
    { requests: number; verdicts: Set<Verdict>; channels: Set<string>; ifBlocked: HostRow["ifBlocked"] }
  >();
  for (const { target, count, verdict, endpoint } of rows) {
    const host = hosts.get(target.authority) ?? {
      requests: 0,
      verdicts: new Set(),
      channels: new Set(),
      ifBlocked: worst(predicted.get(target.authority) ?? []),
    };
    host.requests += count;
    host.verdicts.add(verdict);
    if (endpoint !== null) {
      host.channels.add(endpoint.channel);
      host.ifBlocked = worst([endpoint], host.ifBlocked);
    }
    hosts.set(target.authority, host);
  }
  return [...hosts]
    .map(([host, { requests, verdicts, channels, ifBlocked }]) => ({
      host,
      requests,
      verdicts: VERDICTS.filter((verdict) => verdicts.has(verdict)),
      channels: [...channels].sort(),
      ifBlocked,
    }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}
