import type { Endpoint, Report, TelemetryEvent } from "../../extractor/model/report.ts";
import type { HoleKind } from "../../extractor/model/template.ts";

let count = 0;

export function endpoint(method: Endpoint["method"], url: string, more: Partial<Endpoint> = {}): Endpoint {
  return {
    id: `e${(++count).toString().padStart(7, "0")}`,
    method,
    url,
    alternatives: [],
    kind: "request",
    holes: {},
    channel: "other",
    vendor: null,
    dataClasses: [],
    headers: [],
    credentials: [],
    gates: [],
    ifBlocked: { effect: "degrades", reason: "the function behind it stops working" },
    confidence: "exact",
    evidence: [],
    ...more,
  };
}

export const holes = (of: Record<string, HoleKind>): Endpoint["holes"] =>
  Object.fromEntries(Object.entries(of).map(([name, kind]) => [name, { kind }]));

export const event = (name: string, fields: string[] = []): TelemetryEvent => ({
  name,
  fields,
  pipelines: [],
  gates: [],
  evidence: [],
});

export function report(endpoints: Endpoint[], more: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    package: { name: "some-tool", version: "1.0.0", integrity: null, spec: "some-tool@1.0.0", files: 1, bytes: 1 },
    tool: null,
    endpoints,
    events: [],
    credentials: [],
    environment: [],
    references: [],
    diagnostics: [],
    stats: {
      files: 1,
      bytes: 1,
      statements: 0,
      calls: 0,
      sinks: 0,
      endpoints: endpoints.length,
      hosts: 0,
      events: 0,
      otherFiles: 0,
    },
    ...more,
  };
}
