import type {
  Confidence,
  CutSearch,
  DimensionGroup,
  EndpointKind,
  Evidence,
  Gate,
  Method,
  PipelineFlag,
  Setting,
} from "./report.ts";
import type { Template } from "./template.ts";

/** One sink call under one calling context, before classification. */
export interface RequestFinding {
  kind: EndpointKind;
  method: Method;
  /** At least one. All of them are values of the same URL argument. */
  urls: Template[];
  headers: string[];
  /** Names of body members where they are known. */
  bodyFields: string[];
  secrets: SecretFinding[];
  gates: Gate[];
  confidence: Confidence;
  /** id in signatures/sinks. */
  sink: string;
  /** A connection that requests are then made on. */
  opens?: true;
  /** No call was seen: it is a string of native code that could be requested. */
  isUnseen?: true;
  /** Nothing reaches the code that makes it: why. */
  dead?: string;
  /** By which events name it as what carries them. */
  ref?: number;
  evidence: Evidence;
}

/** A baked-in value seen where credentials go. The value itself never reaches a report unless asked for. */
export interface SecretFinding {
  value: string;
  /** As in a report's Credential, or null for a literal by its shape alone. */
  sentAs: string | null;
  evidence: Evidence;
}

export interface EventFinding {
  name: Template;
  fields: string[];
  gates: Gate[];
  /** `ref` of the requests that carry it. */
  carriers?: number[];
  evidence: Evidence;
}

/** Names that a request lets through. */
export interface AllowListFinding {
  /** `ref` of the request. */
  carrier: number;
  names: string[];
}

/** How a request that carries events does so. */
export interface PipelineFinding {
  /** `ref` of the request. */
  carrier: number;
  dimensions: DimensionGroup[];
  batchSize: Setting[];
  interval: Setting[];
  queueSize: Setting[];
  flags: PipelineFlag[];
  spool: Template[];
}

export interface FlagFinding {
  name: string;
  evidence: Evidence;
}

export interface EnvironmentFinding {
  name: string;
  evidence: Evidence;
}

/** A URL literal, wherever it stands. */
export interface UrlLiteralFinding {
  url: string;
  /** What surrounds it: decides the class. */
  context: UrlContext;
  evidence: Evidence;
}

export type UrlContext =
  | { kind: "literal" } // the whole string is the URL
  | { kind: "key"; key: string } // value of an object member of that name
  | { kind: "text"; length: number; before: string } // inside a longer text; `before` = up to 40 characters in front
  | { kind: "comment" }
  | { kind: "template" }; // the URL goes on with a computed part

export interface Findings {
  requests: RequestFinding[];
  events: EventFinding[];
  allowLists?: AllowListFinding[];
  pipelines?: PipelineFinding[];
  flags?: FlagFinding[];
  secrets: SecretFinding[];
  environment: EnvironmentFinding[];
  urls: UrlLiteralFinding[];
  cuts?: CutSearch[];
}
