import type { Credential, Endpoint, Evidence, Gate, GateKind } from "./report.ts";

export const DIFF_SCHEMA_VERSION = 1;

/** What one report has and another has not. Sorted; places in the code and hole names never count. */
export interface Diff {
  schemaVersion: typeof DIFF_SCHEMA_VERSION;
  from: DiffSide;
  to: DiffSide;
  endpoints: { added: Endpoint[]; removed: Endpoint[]; changed: EndpointChange[] };
  /** Host names that are spelled out in URLs. */
  hosts: { added: string[]; removed: string[] };
  events: { added: string[]; removed: string[]; changed: EventChange[] };
  credentials: { added: Credential[]; removed: Credential[]; changed: CredentialChange[] };
  environment: { added: string[]; removed: string[]; changed: EnvironmentChange[] };
  gates: { added: Gate[]; removed: Gate[]; changed: GateChange[] };
}

/** Several versions in a row, each against the one before. */
export interface DiffSeries {
  schemaVersion: typeof DIFF_SCHEMA_VERSION;
  steps: Diff[];
}

export interface DiffSide {
  name: string;
  version: string;
  tool: string | null;
}

/** One property that differs. A property with a single value has it in `removed` before and in `added` after. */
export interface Change<Aspect extends string> {
  aspect: Aspect;
  removed: string[];
  added: string[];
}

export type EndpointAspect =
  | "url" // alternatives included
  | "method"
  | "kind"
  | "channel"
  | "vendor"
  | "dataClasses"
  | "headers"
  | "credentials" // sha256
  | "gates" // `env NAME silences`
  | "sources" // where open parts come from: `env NAME`, `response PATH from URL`
  | "ifBlocked";

export interface EndpointChange {
  /** In the newer report, as all but `previousId`. */
  id: string;
  previousId: string;
  method: string;
  url: string;
  channel: string;
  changes: Change<EndpointAspect>[];
  evidence: Evidence[];
}

export interface EventChange {
  name: string;
  /** Pipelines as `METHOD URL`. */
  changes: Change<"fields" | "gates" | "pipelines">[];
}

export interface CredentialChange {
  sha256: string;
  prefix: string;
  changes: Change<"kind" | "sentAs">[];
}

export interface EnvironmentChange {
  name: string;
  /** As `METHOD URL`; endpoints that both reports have. */
  changes: Change<"influences">[];
}

export interface GateChange {
  kind: GateKind;
  name: string;
  /** `silences`, `partly silences`. */
  removed: string[];
  added: string[];
}
