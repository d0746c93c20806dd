import type { Diagnostic } from "./diagnostic.ts";
import type { CaptureFile } from "./exchange.ts";
import type { LiveRun } from "./live-run.ts";
import type { BlockEffect, Gate } from "./report.ts";

export const CHECK_SCHEMA_VERSION = 1;

export type Verdict =
  | "predicted" // a template of the report says so
  | "server-supplied" // an answer or a remote flag named where it goes
  | "user-configured" // the user's settings, environment or own machine
  | "child-process" // sent by a program the tool starts
  | "bystander" // sent by another program of the machine
  | "interception-artefact" // made by the recording, not by a program
  | "unpredicted";

export const VERDICTS = [
  "predicted",
  "server-supplied",
  "user-configured",
  "child-process",
  "bystander",
  "interception-artefact",
  "unpredicted",
] as const satisfies readonly Verdict[];

/** What a template says of a request that fits it; the first that applies. */
export type FitKind =
  | "open-host" // any host would fit
  | "path-holes" // the host is known, the path has holes
  | "any-method" // host and path are known, the method isn't: the report's or the capture's
  | "exact"; // method, host and path

export const FIT_KINDS = ["exact", "any-method", "path-holes", "open-host"] as const satisfies readonly FitKind[];

export interface Fit {
  kind: FitKind;
  /** Holes in the path. */
  holes: number;
}

/** A report held against captures. Sorted; times are those of the capture, so the same input gives the same bytes. */
export interface Check {
  schemaVersion: typeof CHECK_SCHEMA_VERSION;
  package: { name: string; version: string };
  tool: string | null;
  captures: CaptureFile[];
  /** What cut the report short, so that it can lack what was sent; absent where the report is whole. */
  reportCutShort?: Diagnostic[];
  summary: CheckSummary;
  observed: Observed[];
  /** Endpoint ids. */
  fired: string[];
  dormant: Dormant[];
  /** One row per fired endpoint. */
  firings: Firing[];
  /** Fired although the environment given should silence it. */
  disagreements: { id: string; gate: Gate; count: number }[];
  channels: { channel: string; requests: number; fired: number; dormant: number }[];
  events: EventCoverage;
  /** By id of the class. */
  dataClasses: Record<string, { fields: string[]; hosts: string[] }>;
  identifiers: Identifier[];
  /** Remote flags of the report that an answer in the capture named. */
  flags: { name: string; value: string }[];
  hosts: HostRow[];
  baseline: BaselineComparison | null;
  /** What the run saw besides requests, where it was made by the check. */
  run?: ObservedRun;
  diagnostics: Diagnostic[];
}

export type ObservedRun = Pick<
  LiveRun,
  "command" | "exit" | "connections" | "names" | "datagrams" | "trustFailures" | "notes"
>;

export interface CheckSummary {
  requests: number;
  /** Distinct method + URL, identifiers in paths collapsed. */
  distinct: number;
  /** Requests by verdict. */
  verdicts: Record<Verdict, number>;
  /**
   * Distinct ones among the tool's own (neither child nor bystander nor artefact), and how many of them nobody
   * predicted.
   */
  unpredicted: { distinct: number; of: number };
  /**
   * Distinct requests with the verdict `predicted`, by how much their template says. Absent in checks of earlier
   * versions.
   */
  predicted?: Record<FitKind, number>;
  endpoints: { fired: number; dormant: number };
  /**
   * Of the endpoints whose host is known: how many there are, and how many fired. Absent in checks of earlier
   * versions.
   */
  onKnownHosts?: { fired: number; of: number };
}

export interface Sender {
  kind: "tool" | "child" | "bystander" | "unknown";
  /** Of the tool or program; for unknown ones the User-Agent's product. */
  name: string;
  /** What says so, in words. */
  evidence: string[];
}

/** What was seen, one row per method, URL, sender and verdict. */
export interface Observed {
  method: string;
  /** Without query and credentials; identifiers in the path collapsed to `{id}`. */
  url: string;
  /** Names of query parameters. */
  query: string[];
  verdict: Verdict;
  /** Why this verdict, one line. */
  why: string;
  endpoint?: string;
  /** How much of the request the template of that endpoint says; absent where none fits. */
  fit?: Fit;
  count: number;
  sender: Sender;
  userAgents: string[];
  /**
   * Requests by status of the real answer; `none` where nothing came back, `proxy` where the recorder itself answered,
   * `unknown` where the capture doesn't say (URL logs).
   */
  statuses: Record<string, number>;
  first: string | null;
  last: string | null;
  /** With --explain-unpredicted: the closest templates and literals of the report, best first. */
  nearest?: { endpoint?: string; url: string; differs: string }[];
}

export interface Dormant {
  id: string;
  method: string;
  url: string;
  /** The switch that explains it. */
  gate?: Gate;
  /** Its host was contacted, and no request could be read there: a refused certificate, another protocol. */
  attempted?: true;
  /** `DISABLE_TELEMETRY is set`, `not exercised`. */
  reason: string;
}

export interface Firing {
  id: string;
  method: string;
  url: string;
  channel: string;
  count: number;
  first: string | null;
  last: string | null;
  statuses: Record<string, number>;
  senders: string[];
}

export interface SeenEvent {
  name: string;
  kind: "event" | "metric" | "span" | "log";
  count: number;
  /** Fields of this event, without those that every event of its envelope has. */
  fields: string[];
  /** Fields that the report doesn't have for it. Empty where the report doesn't know the event. */
  unpredictedFields: string[];
  predicted: boolean;
  hosts: string[];
}

export interface EventCoverage {
  seen: SeenEvent[];
  /** Names of the report that weren't seen. */
  dormant: string[];
  /** Those of them that a gate of the run explains. */
  silenced: { gate: Gate; reason: string; names: string[] }[];
  /** Seen although the environment given should silence them. */
  disagreements: { name: string; gate: Gate; count: number }[];
  /** Seen names the report hasn't. */
  unpredicted: string[];
  /** Fields of the envelopes, common to their events. */
  commonFields: string[];
}

/** A value that came with several requests. The value itself is never kept in a result. */
export interface Identifier {
  /** Names it was sent under, such as `device_id`, `header session_id`. */
  names: string[];
  requests: number;
  hosts: string[];
  /** In more than one capture file: it outlives a run. */
  acrossCaptures: boolean;
}

export interface HostRow {
  host: string;
  requests: number;
  verdicts: Verdict[];
  channels: string[];
  /** Worst effect of blocking the host on what was predicted for it; null where nothing was. */
  ifBlocked: { effect: BlockEffect; reason: string } | null;
}

export interface BaselineComparison {
  newlyFiring: string[];
  noLongerFiring: { id: string; gate?: Gate; reason: string }[];
  /** `METHOD URL`. */
  newUnpredicted: string[];
  newEvents: string[];
  goneEvents: { name: string; gate?: Gate; reason: string }[];
}
