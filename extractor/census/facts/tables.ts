/** Types of columns, as SQLite spells them. */
export type ColumnType = "TEXT" | "INTEGER";

/** What a release has many of. Each table begins with the number of its release. */
export const FACT_TABLES = {
  endpoints: {
    about: "where a release can send",
    columns: {
      endpoint: "TEXT",
      method: "TEXT",
      url: "TEXT",
      host: "TEXT",
      path: "TEXT",
      channel: "TEXT",
      vendor: "TEXT",
      kind: "TEXT",
      apart: "TEXT",
    },
    indexed: ["endpoint"],
  },
  hosts: {
    about: "hosts of its endpoints, those of alternative addresses as well",
    columns: { host: "TEXT", endpoint: "TEXT", channel: "TEXT" },
    indexed: ["host"],
  },
  events: { about: "names of events it can report", columns: { event: "TEXT" }, indexed: ["event"] },
  variables: {
    about: "environment variables it reads, and how many endpoints hang on each",
    columns: { variable: "TEXT", endpoints: "INTEGER" },
    indexed: ["variable"],
  },
  gates: {
    about: "switches: what they silence, enable or redirect, and how many endpoints and events",
    columns: { kind: "TEXT", gate: "TEXT", effect: "TEXT", endpoints: "INTEGER", events: "INTEGER" },
    indexed: ["gate"],
  },
  credentials: {
    about: "baked-in keys, by their hash",
    columns: { sha256: "TEXT", kind: "TEXT", prefix: "TEXT", sent_as: "TEXT", public: "INTEGER" },
    indexed: ["sha256"],
  },
  sdks: {
    about: "packages inside it or read with it, with their versions where known",
    columns: { sdk: "TEXT", version: "TEXT" },
    indexed: ["sdk"],
  },
} as const satisfies Record<string, FactTable>;

export interface FactTable {
  about: string;
  columns: Record<string, ColumnType>;
  indexed: readonly string[];
}

export type FactTableName = keyof typeof FACT_TABLES;

export const factTableNames = Object.keys(FACT_TABLES) as FactTableName[];

/** One row for each release that was looked at, whatever came of it. */
export const RELEASE_COLUMNS = {
  package: "TEXT",
  version: "TEXT",
  version_order: "TEXT",
  published: "TEXT",
  tool: "TEXT",
  outcome: "TEXT",
  code: "TEXT",
  message: "TEXT",
  job: "TEXT",
  object: "TEXT",
  engine: "TEXT",
  signatures: "TEXT",
  files: "INTEGER",
  bytes: "INTEGER",
} as const satisfies Record<string, ColumnType>;

/** Views: from when to when. `now`: the newest release of the package has it. */
export const SPANS = {
  host_spans: { of: "hosts", column: "host" },
  event_spans: { of: "events", column: "event" },
  variable_spans: { of: "variables", column: "variable" },
  endpoint_spans: { of: "endpoints", column: "method || ' ' || url" },
  credential_spans: { of: "credentials", column: "sha256" },
  gate_spans: { of: "gates", column: "gate" },
  sdk_spans: { of: "sdks", column: "sdk" },
} as const satisfies Record<string, { of: FactTableName; column: string }>;
