import type { Log, ReportingDescriptor, Result, Run } from "sarif";
import type { Credential, Endpoint, Report, TelemetryEvent } from "../model/report.ts";
import { effectOnIt } from "../model/switches/gates.ts";
import { BLOCKING } from "./facts.ts";
import { toJson } from "./json.ts";
import { locations, PACKAGE_ROOT } from "./sarif/locations.ts";
import { message } from "./sarif/message.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * SARIF 2.1.0 for code-scanning platforms: each endpoint, credential and event is a result, each gap a notification.
 */
export function renderSarif(report: Report): string {
  const log: Log = { $schema: SCHEMA, version: "2.1.0", runs: [runOf(report)] };
  return toJson(log);
}

function runOf(report: Report): Run {
  const results = [
    ...report.endpoints.map(endpointResult),
    ...report.credentials.map(credentialResult),
    ...report.events.map(eventResult),
  ];
  const ids = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const index = new Map(ids.map((id, position) => [id, position]));
  const { name, version, published, integrity, spec } = report.package;
  return {
    tool: { driver: { name: "endpoint-extractor", rules: ids.map(rule) } },
    automationDetails: { id: `endpoint-extractor/${name}/` },
    originalUriBaseIds: { [PACKAGE_ROOT]: { description: message(`root of the package ${name} ${version}`) } },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: report.diagnostics.map(({ kind, count, detail }) => ({
          descriptor: { id: kind },
          level: "note",
          message: message(`${kind}, ${count} times: ${detail}`),
        })),
      },
    ],
    results: results.map((result) => ({ ...result, ruleIndex: index.get(result.ruleId)! })),
    properties: { package: name, version, published, integrity, spec, tool: report.tool },
  };
}

type RuledResult = Result & { ruleId: string };

function endpointResult(endpoint: Endpoint): RuledResult {
  const { method, url, channel, ifBlocked, gates } = endpoint;
  const switches = gates.map((gate) => `${gate.kind} ${gate.name} ${effectOnIt(gate)}`);
  const about = [`${BLOCKING[ifBlocked.effect]}: ${ifBlocked.reason}`, ...switches].join("; ");
  return {
    ruleId: `endpoint/${channel}`,
    level: "note",
    message: message(`${method} ${url} (${about})`),
    ...locations(endpoint.evidence),
    partialFingerprints: { "endpointId/v1": endpoint.id },
    properties: {
      method,
      url,
      alternatives: endpoint.alternatives,
      kind: endpoint.kind,
      vendor: endpoint.vendor,
      dataClasses: endpoint.dataClasses,
      headers: endpoint.headers,
      credentials: endpoint.credentials,
      gates,
      ifBlocked,
      confidence: endpoint.confidence,
    },
  };
}

function credentialResult({ kind, sha256, prefix, value, sentAs, evidence }: Credential): RuledResult {
  return {
    ruleId: `credential/${kind}`,
    level: "warning",
    message: message(`baked-in ${kind} ${prefix}${sentAs === undefined ? "" : `, sent as ${sentAs}`}`),
    ...locations(evidence),
    partialFingerprints: { "valueSha256/v1": sha256 },
    properties: { kind, prefix, sha256, sentAs, value },
  };
}

function eventResult({ name, fields, pipelines, gates, evidence }: TelemetryEvent): RuledResult {
  return {
    ruleId: "event",
    level: "note",
    message: message(`telemetry event ${name}`),
    ...locations(evidence),
    partialFingerprints: { "eventName/v1": name },
    properties: { name, fields, pipelines, gates },
  };
}

const RULES: Record<string, (rest: string) => string> = {
  endpoint: (channel) => `The package can send data to an endpoint of the channel ${channel}.`,
  credential: (kind) => `The package holds a credential of the kind ${kind}.`,
  event: () => "The package can send a telemetry event of this name.",
};

function rule(id: string): ReportingDescriptor {
  const slash = id.indexOf("/");
  const kind = slash === -1 ? id : id.slice(0, slash);
  return { id, shortDescription: message(RULES[kind]!(id.slice(kind.length + 1))) };
}
