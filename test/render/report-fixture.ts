import type { Endpoint, Evidence, Report, TelemetryEvent } from "../../extractor/model/report.ts";

/** Reports about a made-up tool, for renderers and whatever else reads reports. */
export const at = (line: number, column = 1, file = "cli.js"): Evidence => ({ file, line, column });

export function endpoint(fields: Partial<Endpoint> & Pick<Endpoint, "url">): Endpoint {
  return {
    id: "00000000",
    method: "POST",
    alternatives: [],
    kind: "request",
    holes: {},
    channel: "other",
    vendor: null,
    dataClasses: [],
    headers: [],
    credentials: [],
    gates: [],
    ifBlocked: { effect: "safe", reason: "nothing else uses it" },
    confidence: "exact",
    evidence: [at(1)],
    ...fields,
  };
}

export const event = (name: string, fields: Partial<TelemetryEvent> = {}): TelemetryEvent => ({
  name,
  fields: [],
  pipelines: [],
  gates: [],
  evidence: [at(5)],
  ...fields,
});

export function report(fields: Partial<Report> = {}): Report {
  const endpoints = fields.endpoints ?? [];
  const events = fields.events ?? [];
  return {
    schemaVersion: 1,
    package: {
      name: "@acme/cli",
      version: "1.4.2",
      integrity: "sha512-abcdefghijklmnop",
      spec: "acme",
      files: 3,
      bytes: 13_160_000,
    },
    tool: "acme",
    endpoints,
    events,
    credentials: [],
    environment: [],
    references: [],
    diagnostics: [],
    stats: {
      files: 3,
      bytes: 13_160_000,
      statements: 100,
      calls: 50,
      sinks: 7,
      endpoints: endpoints.length,
      hosts: new Set(endpoints.map(({ url }) => url.split("/")[2])).size,
      events: events.length,
      otherFiles: 1,
    },
    ...fields,
  };
}

const KEY_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/** One of everything. */
export const acme: Report = report({
  endpoints: [
    endpoint({
      id: "a1a1a1a1",
      url: "https://api.acme.example/v1/messages",
      channel: "model-api",
      vendor: "acme",
      headers: ["content-type", "x-api-key", "acme-version"],
      gates: [{ kind: "env", name: "ACME_BASE_URL", effect: "redirects" }],
      ifBlocked: { effect: "breaks", reason: "no answers" },
      evidence: [{ ...at(1022, 13), source: { file: "src/api.ts", line: 12, column: 3 } }, at(2000, 4)],
    }),
    endpoint({
      id: "b2b2b2b2",
      method: "GET",
      url: "https://api.acme.example/v1/models/{id}",
      channel: "model-api",
      vendor: "acme",
      holes: { id: { kind: "param" } },
      gates: [{ kind: "env", name: "ACME_BASE_URL", effect: "redirects" }],
      ifBlocked: { effect: "breaks", reason: "no answers" },
      evidence: [at(1100, 7)],
    }),
    endpoint({
      id: "c3c3c3c3",
      url: "https://intake.logs.example/api/v2/logs",
      channel: "third-party-logs",
      vendor: "logs",
      dataClasses: ["identity", "metrics"],
      headers: ["LOG-API-KEY"],
      credentials: [KEY_HASH],
      gates: [
        { kind: "env", name: "ACME_NO_TELEMETRY", effect: "silences" },
        { kind: "flag", name: "log_gate", effect: "enables" },
      ],
      evidence: [at(88, 3)],
    }),
    endpoint({
      id: "d4d4d4d4",
      method: "ANY",
      url: "{telemetry}/batch",
      holes: { telemetry: { kind: "response", from: "https://api.acme.example/user" } },
      confidence: "partial",
      evidence: [at(90)],
    }),
    endpoint({ id: "e5e5e5e5", method: "WS", url: "ws://localhost:8123/socket", kind: "socket", evidence: [at(99)] }),
  ],
  events: [
    ...Array.from({ length: 12 }, (_, index) =>
      event(`acme_event_${String(index).padStart(2, "0")}`, {
        pipelines: ["c3c3c3c3"],
        gates: [{ kind: "env", name: "ACME_NO_TELEMETRY", effect: "silences" }],
      }),
    ),
    event("startup"),
  ],
  credentials: [
    {
      kind: "log-client-token",
      sha256: KEY_HASH,
      prefix: "pub1234…",
      sentAs: "header LOG-API-KEY",
      evidence: [at(80, 2)],
    },
  ],
  environment: [
    { name: "ACME_BASE_URL", influences: ["a1a1a1a1"], evidence: [at(3)] },
    { name: "ACME_NO_TELEMETRY", influences: ["c3c3c3c3"], evidence: [at(4)] },
    { name: "ACME_PROXY", influences: ["a1a1a1a1", "b2b2b2b2"], evidence: [at(4)] },
    { name: "TERM", influences: [], evidence: [at(5)] },
  ],
  references: [
    { url: "https://docs.acme.example/", class: "documentation", evidence: [at(7)] },
    { url: "https://docs.acme.example/more", class: "documentation", evidence: [at(8)] },
    { url: "http://www.w3.org/2000/svg", class: "namespace", evidence: [at(9)] },
  ],
  diagnostics: [
    { kind: "parse-error", count: 2, detail: "lib/a.js:3:4 unexpected token; lib/b.js:1:1 unexpected end" },
  ],
});

/** A report in which every text of the package is `bad`. */
export function hostile(bad: string): Report {
  return report({
    package: { name: bad, version: bad, integrity: bad, spec: bad, files: 1, bytes: 1 },
    tool: bad,
    endpoints: [
      endpoint({
        url: `https://${bad}.example/${bad}`,
        alternatives: [bad],
        holes: { [bad]: { kind: "response", from: bad } },
        channel: bad,
        vendor: bad,
        dataClasses: [bad],
        headers: [`token${bad}`],
        credentials: [bad],
        gates: [{ kind: "env", name: bad, effect: "silences" }],
        ifBlocked: { effect: "safe", reason: bad },
        evidence: [{ file: bad, line: 1, column: 1, source: { file: bad, line: 1, column: 1 } }],
      }),
    ],
    events: [event(bad), event(`x_${bad}`), event(`x_a${bad}`), event(`x_b${bad}`)],
    credentials: [{ kind: bad, sha256: bad, prefix: bad, value: bad, sentAs: bad, evidence: [at(1, 1, bad)] }],
    environment: [{ name: bad, influences: [], evidence: [] }],
    references: [{ url: bad, class: "unknown", evidence: [at(1, 1, bad)] }],
    diagnostics: [{ kind: "parse-error", count: 1, detail: bad }],
  });
}
