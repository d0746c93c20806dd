import type { Diagnostic } from "./diagnostic.ts";
import type { HoleKind } from "./template.ts";

export const SCHEMA_VERSION = 1;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "WS" | "ANY";
export type EndpointKind = "request" | "socket" | "browser" | "spawn";
export type Confidence = "exact" | "alternatives" | "partial" | "low";
export type BlockEffect = "safe" | "degrades" | "breaks";
export type GateKind = "env" | "config" | "flag";
export type GateEffect = "silences" | "enables" | "redirects";
export type ReferenceClass =
  | "documentation"
  | "schema"
  | "namespace"
  | "example"
  | "license"
  | "test"
  | "data"
  | "unknown";

/** Everything a package can send, where, and what switches it. Sorted, free of timestamps: same input, same bytes. */
export interface Report {
  schemaVersion: typeof SCHEMA_VERSION;
  package: { name: string; version: string; integrity: string | null; spec: string; files: number; bytes: number };
  /** id in signatures/tools, or null. */
  tool: string | null;
  endpoints: Endpoint[];
  events: TelemetryEvent[];
  /** Endpoints that carry events, by endpoint id. */
  pipelines?: Pipeline[];
  /** Names that code asks a flag service for and never sends as an event. */
  flags?: FlagRead[];
  credentials: Credential[];
  environment: EnvironmentVariable[];
  references: Reference[];
  diagnostics: Diagnostic[];
  stats: Stats;
}

export interface Endpoint {
  /** Eight hex digits of the SHA-256 of kind, method and URL with unnamed holes, without query. */
  id: string;
  method: Method;
  /** `https://host/path/{hole}`; may begin with a hole where the host isn't known. */
  url: string;
  /** Other values the same request can take. */
  alternatives: string[];
  kind: EndpointKind;
  /** By hole name as printed in `url` and `alternatives`. */
  holes: Record<string, { kind: HoleKind; from?: string }>;
  channel: string;
  vendor: string | null;
  dataClasses: string[];
  /** Names as written in the source. */
  headers: string[];
  /** sha256 of baked-in values that go with the request. */
  credentials: string[];
  gates: Gate[];
  ifBlocked: { effect: BlockEffect; reason: string };
  confidence: Confidence;
  evidence: Evidence[];
}

export interface Gate {
  kind: GateKind;
  name: string;
  effect: GateEffect;
}

export interface Evidence {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  source?: { file: string; line: number; column: number };
  /** From the sink back to the literals: what each step is and where. */
  derivation?: DerivationStep[];
}

export interface DerivationStep {
  what: string;
  line: number;
  column: number;
}

export interface TelemetryEvent {
  name: string;
  fields: string[];
  /** Endpoint ids. */
  pipelines: string[];
  gates: Gate[];
  evidence: Evidence[];
}

export interface Pipeline {
  /** Endpoint id. */
  endpoint: string;
  /** Events that it carries. */
  events: number;
  /** Only names on a list get through; `neverSent`: those on it that nothing sends. */
  allowList?: { names: number; neverSent: string[] };
  /** Members of the body around the events' own fields, as far as they are known. */
  envelope: string[];
}

export interface FlagRead {
  name: string;
  evidence: Evidence[];
}

export interface Credential {
  /** id of the shape in signatures/, such as `datadog-client-token`, or `unknown`. */
  kind: string;
  sha256: string;
  /** First characters of the value followed by an ellipsis. */
  prefix: string;
  /** The whole value, only with --reveal. */
  value?: string;
  /** `header DD-API-KEY`, `query key`, `body field api_key`, `url`, `option clientKey`. */
  sentAs?: string;
  /** Meant to be seen by everybody, such as a key that can only write. Absent where the shape is unknown. */
  publicByDesign?: boolean;
  evidence: Evidence[];
}

export interface EnvironmentVariable {
  name: string;
  /** Endpoint ids whose URL or sending depends on it. */
  influences: string[];
  evidence: Evidence[];
}

export interface Reference {
  url: string;
  class: ReferenceClass;
  evidence: Evidence[];
}

export interface Stats {
  files: number;
  bytes: number;
  statements: number;
  calls: number;
  sinks: number;
  endpoints: number;
  hosts: number;
  events: number;
  otherFiles: number;
  /** Where source maps were read. */
  sources?: SourceStats;
}

/** What source maps say the program was made of. */
export interface SourceStats {
  files: number;
  /** Not under node_modules. */
  firstParty: number;
  /** Of these, where the maps hold the content. */
  lines: number;
}
