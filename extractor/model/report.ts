import type { Apart } from "./apart.ts";
import type { CutKind, Diagnostic } from "./diagnostic.ts";
import type { Container, Dependency, PackageRead, PlatformPackage } from "./packages-read.ts";
import type { Platform } from "./platform.ts";
import type { When } from "./switches/when.ts";
import type { HoleKind } from "./template.ts";

export const SCHEMA_VERSION = 1;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" | "WS" | "ANY";
export type EndpointKind = "request" | "socket" | "browser" | "spawn";
export type Confidence = "exact" | "alternatives" | "partial" | "low";
export type BlockEffect = "safe" | "degrades" | "breaks";
export type GateKind = "env" | "config" | "option" | "flag";
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

/** Everything a package can send, where, and what switches it. Sorted, and free of the time it was made: same input, same bytes. */
export interface Report {
  schemaVersion: typeof SCHEMA_VERSION;
  package: PackageRead;
  /** The packages read besides it: with its program for one platform, or with its command where it is a stand-in. */
  platformPackages?: PlatformPackage[];
  /** Packages that its code leads into and that it does not hold, those with the most calls first. Absent where there are none. */
  dependencies?: Dependency[];
  /** What files and strings came out of: executables and archives. The path of a finding begins with its container's. */
  containers?: Container[];
  /** id in signatures/tools, or null. */
  tool: string | null;
  endpoints: Endpoint[];
  /** Not among the endpoints: their code is in the program, and nothing runs it. Absent where there are none. */
  dead?: DeadEndpoint[];
  events: TelemetryEvent[];
  /** Endpoints that carry events, by endpoint id. */
  pipelines?: Pipeline[];
  /** Names that code asks a flag service for and never sends as an event. */
  flags?: FlagRead[];
  credentials: Credential[];
  environment: EnvironmentVariable[];
  references: Reference[];
  /** Of the hosts of its endpoints those that many other programs need, so that no list may block them. Absent where there are none. */
  sharedHosts?: string[];
  /** Where source maps were read. */
  packages?: BundledPackage[];
  /** Where the original sources were analysed beside the bundle. */
  sources?: SourceComparison;
  /** Calls whose callers or values were not all followed, those with the most callers left out first. Absent where none is. */
  cuts?: ReportedCut[];
  diagnostics: Diagnostic[];
  stats: Stats;
}

/** A call that may send, and how often each bound was met while its address was looked for. */
export interface CutSearch {
  cut: Partial<Record<CutKind, number>>;
  /** The function of which the fewest callers were followed. Absent where those of all were. */
  callers?: FollowedCallers;
  evidence: Evidence;
}

/** A function (an empty name: it has none), how many calls of it are known, and how many of these were followed. */
export interface FollowedCallers {
  name: string;
  known: number;
  followed: number;
  evidence: Evidence;
}

/** With the ids of endpoints that were found at the call all the same. */
export type ReportedCut = CutSearch & { endpoints: string[] };

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
  /** As written in the source. */
  headers: string[];
  /** sha256 of baked-in values that go with the request. */
  credentials: string[];
  gates: Gate[];
  ifBlocked: { effect: BlockEffect; reason: string };
  confidence: Confidence;
  /** Where several platforms were compared: those that have it, if not all do. */
  platforms?: Platform[];
  apart?: Apart;
  evidence: Evidence[];
}

export interface Gate {
  kind: GateKind;
  name: string;
  effect: GateEffect;
  /** Present where other ways lead past the switch: it stops, or opens, some of them. */
  ways?: "some";
  /** The other ways, where they are known: with one of these set so, the switch has no effect. */
  unless?: GateSetting[];
  /** Switches that have to be set as well for the effect. */
  together?: GateSetting[];
  /** With which values it has its effect; absent where the code does not tell. */
  when?: When;
}

/** A switch that is set, with the values that count where the code tells. */
export type GateSetting = Pick<Gate, "kind" | "name" | "when">;

export interface Evidence {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** Where it stands in the original sources, where a source map knows it. */
  source?: OriginalEvidence;
  /** From the sink back to the literals: what each step is and where. */
  derivation?: DerivationStep[];
}

/**
 * The place in the original sources. Of a sink inside a bundled package that the program's own code calls, the place furthest from
 * the sink that still is the program's own; `via` is the sink's place then.
 */
export interface OriginalEvidence extends OriginalPlace {
  via?: OriginalPlace;
}

export interface OriginalPlace {
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  /** What the sources call it; absent where no name begins there. */
  name?: string;
}

export interface DerivationStep {
  what: string;
  /** Where it isn't that of the evidence. */
  file?: string;
  line: number;
  column: number;
  source?: OriginalPlace;
}

export interface TelemetryEvent {
  name: string;
  fields: string[];
  /** Endpoint ids. */
  pipelines: string[];
  gates: Gate[];
  /** Where several platforms were compared: those that have it, if not all do. */
  platforms?: Platform[];
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
  /** What goes with every event: as `envelope`, by the object it stands in. */
  dimensions?: { count: number; groups: DimensionGroup[] };
  /** Events sent at once. */
  batchSize?: Setting;
  /** Milliseconds between two sendings. */
  interval?: Setting;
  /** Events that wait at most; more are dropped. */
  queueSize?: Setting;
  /** Remote flags that decide on single events or on all of them. */
  flags?: PipelineFlag[];
  /** Files that keep events which could not be sent. */
  spool?: string[];
}

/** Fields of one object among those that wrap an event. */
export interface DimensionGroup {
  /** `core.process`; empty for the outermost object. */
  path: string;
  fields: string[];
}

/** Numbers that are built in, and what may replace them. Sorted. */
export interface Setting {
  values: number[];
  env: string[];
  config: string[];
  flags: string[];
}

export interface PipelineFlag {
  name: string;
  /** `sampling` where chance decides with it. */
  role: "sampling" | "switch";
}

export interface FlagRead {
  name: string;
  /** Where several platforms were compared: those that have it, if not all do. */
  platforms?: Platform[];
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
  /**
   * `header DD-API-KEY`, `query key`, `body api_key`, `userinfo` (`https://user:password@host`), `user` (a token in its place), `auth` (an
   * option of that name), `path`, `url` (the address as a whole is the key), `option clientKey`.
   */
  sentAs?: string;
  /** Meant to be seen by everybody, such as a key that can only write. Absent where the shape is unknown. */
  publicByDesign?: boolean;
  /** Where several platforms were compared: those that have it, if not all do. */
  platforms?: Platform[];
  evidence: Evidence[];
}

export interface EnvironmentVariable {
  name: string;
  /** Endpoint ids whose URL or sending depends on it. */
  influences: string[];
  /** Where several platforms were compared: those that have it, if not all do. */
  platforms?: Platform[];
  evidence: Evidence[];
}

export interface Reference {
  url: string;
  class: ReferenceClass;
  /** Where several platforms were compared: those that have it, if not all do. */
  platforms?: Platform[];
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

/** How the original sources differ from the bundle that was made of them. */
export interface SourceComparison {
  onlyInSources: {
    endpoints: (Pick<Endpoint, "id" | "method" | "url" | "kind"> & SourceOnly)[];
    events: (Pick<TelemetryEvent, "name"> & SourceOnly)[];
  };
  /** By id and by name. */
  onlyInBundle: { endpoints: string[]; events: string[] };
}

export interface DeadEndpoint extends Pick<Endpoint, "id" | "method" | "url" | "kind"> {
  /** Which code that is. */
  reason: string;
  evidence: Evidence[];
}

export interface SourceOnly {
  /** The bundler removed it. */
  dead: boolean;
  reason: string;
  /** What the sources ask before they send it. */
  gates: Gate[];
  /** In the original sources. */
  evidence: Evidence[];
}

/** A package that was bundled into the program. */
export interface BundledPackage {
  name: string;
  /** Null where nothing in the sources says it. */
  version: string | null;
  /** How many of its files are in the bundle. */
  files: number;
  /** Ids of endpoints whose sink stands in it. */
  endpoints: string[];
}
