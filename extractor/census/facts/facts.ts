import { grouped } from "../../model/group.ts";
import { authorityOf, hostName, hostNames, spelledAuthority } from "../../model/host.ts";
import type { Endpoint, Gate, Report } from "../../model/report.ts";
import { jobId } from "../job/job.ts";
import type { JobResult } from "../job/outcome.ts";
import { versionOrder } from "../job/version-order.ts";
import type { FACT_TABLES, FactTableName, RELEASE_COLUMNS } from "./tables.ts";

export type FactRow<Column extends string = string> = Record<Column, string | number | null>;

/** Rows of every table, without the number of their release. */
export type Facts = { [Name in FactTableName]: FactRow<keyof (typeof FACT_TABLES)[Name]["columns"] & string>[] };

export type ReleaseRow = FactRow<keyof typeof RELEASE_COLUMNS>;

/** @param object address of the result */
export function releaseRow(result: JobResult, object: string): ReleaseRow {
  const { job } = result;
  const report = result.outcome === "failed" ? null : result.report;
  const failure = result.outcome === "failed" ? result.failure : null;
  return {
    package: job.package,
    version: job.version,
    version_order: versionOrder(job.version),
    published: job.published,
    tool: report?.tool ?? null,
    outcome: result.outcome,
    code: failure?.code ?? null,
    message: failure?.message ?? null,
    job: jobId(job),
    object,
    engine: job.engine,
    signatures: job.signatures,
    files: report?.package.files ?? null,
    bytes: report?.package.bytes ?? null,
  };
}

/** What a report says, as rows. */
export function releaseFacts(report: Report): Facts {
  const { endpoints, events, environment, credentials } = report;
  return {
    endpoints: endpoints.map(endpointRow),
    hosts: endpoints.flatMap((endpoint) =>
      hostNames([endpoint]).map((host) => ({ host, endpoint: endpoint.id, channel: endpoint.channel })),
    ),
    events: [...new Set(events.map(({ name }) => name))].map((event) => ({ event })),
    variables: environment.map(({ name, influences }) => ({ variable: name, endpoints: influences.length })),
    gates: gateRows(report),
    credentials: credentials.map(({ sha256, kind, prefix, sentAs, publicByDesign }) => ({
      sha256,
      kind,
      prefix,
      sent_as: sentAs ?? null,
      public: publicByDesign === undefined ? null : Number(publicByDesign),
    })),
    sdks: sdkRows(report),
  };
}

function endpointRow({ id, method, url, channel, vendor, kind, apart }: Endpoint): Facts["endpoints"][number] {
  const authority = spelledAuthority(url);
  return {
    endpoint: id,
    method,
    url,
    host: authority === null ? null : hostName(authority),
    path: pathOf(url),
    channel,
    vendor,
    kind,
    apart: apart?.why ?? null,
  };
}

/** What follows the authority; all of an address that has none. */
function pathOf(url: string): string {
  const authority = authorityOf(url);
  return authority === null ? url : url.slice(url.indexOf(authority) + authority.length);
}

function gateRows({ endpoints, events }: Report): Facts["gates"] {
  const uses = [
    ...endpoints.flatMap(({ gates }) => gates.map((gate) => ({ gate, endpoints: 1, events: 0 }))),
    ...events.flatMap(({ gates }) => gates.map((gate) => ({ gate, endpoints: 0, events: 1 }))),
  ];
  const byGate = grouped(uses, ({ gate }) => gateKey(gate));
  return [...byGate.values()].map((rows) => {
    const { kind, name, effect } = rows[0]!.gate;
    const sum = (of: "endpoints" | "events") => rows.reduce((all, row) => all + row[of], 0);
    return { kind, gate: name, effect, endpoints: sum("endpoints"), events: sum("events") };
  });
}

const gateKey = ({ kind, name, effect }: Gate): string => JSON.stringify([kind, name, effect]);

/** What source maps name, and what was read besides. */
function sdkRows({ packages = [], dependencies = [] }: Report): Facts["sdks"] {
  const found = [
    ...packages.map(({ name, version }) => ({ sdk: name, version })),
    ...dependencies.map(({ name, version }) => ({ sdk: name, version: version ?? null })),
  ];
  return [...grouped(found, ({ sdk, version }) => `${sdk} ${version}`).values()].map(([first]) => first!);
}
