import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  EndpointKind,
  GateEffect,
  GateKind,
  Method,
  PipelineFlag,
  Setting,
} from "../../extractor/model/report.ts";

/** What is true of one program, in the report's notation; names of holes carry no meaning. */
export interface Truth {
  /** One sentence: the construct the program stands for. */
  about: string;
  endpoints: TrueEndpoint[];
  /** URLs that must not be reported as endpoints: dead arms, documentation, data. */
  absent?: string[];
  /** Exactly these events where given; `[]` = none. Not judged where left out. */
  events?: TrueEvent[];
  /** Members around an event's own fields in the body, for the check of fields against what was sent. */
  envelope?: string[];
  /** Flags, allow-listed or dead names that must not be called events. */
  notEvents?: string[];
  /** Environment variables the program reads (others may be reported: libraries read some too). */
  environment?: string[];
  /** Names that must not be reported as read: folded by the bundler. */
  notEnvironment?: string[];
  /** How requests carry events; other requests are not judged. */
  pipelines?: TruePipeline[];
  /** How the program is run to see that all this is so; one run without arguments where left out. */
  runs?: Run[];
  /** Bundlers whose build cannot be run here, and why; it is extracted all the same. */
  unrunnable?: Record<string, string>;
}

export interface TrueEndpoint {
  method: Method;
  url: string;
  /** `request` where left out. */
  kind?: EndpointKind;
  /** Each must be reported; those a library adds by itself are left out. */
  headers?: string[];
  /** Other values of the same request, each reported as an alternative or as an endpoint of its own. */
  alternatives?: string[];
  /** Other notations that also count as found. */
  equivalents?: string[];
  /** Exactly these where given. */
  gates?: TrueGate[];
  /** Expected kind and, for answers, origin of holes that the report prints in the URL. */
  holes?: { kind: string; from?: string }[];
  /** sha256 of a baked-in value that goes with the request. */
  credentials?: string[];
  /** Why no run shows it. */
  unobserved?: string;
}

export interface TrueEvent {
  name: string;
  /** Exactly these where given. */
  fields?: string[];
  gates?: TrueGate[];
  /** URLs of endpoints that carry it. */
  pipelines?: string[];
  unobserved?: string;
}

/** Each member is exactly so where given. */
export interface TruePipeline extends Partial<Record<"batchSize" | "interval" | "queueSize", Partial<Setting>>> {
  url: string;
  /** `object.field`. */
  dimensions?: string[];
  flags?: PipelineFlag[];
  /** Files in the notation of URLs; a run leaves one of them behind. */
  spool?: string[];
}

export interface TrueGate {
  kind: GateKind;
  name: string;
  effect: GateEffect;
  /** Stops, or opens, some of the ways to it. */
  ways?: "some";
  /**
   * What a run needs for the effect, on top of its own settings; where left out, the variable set to `1`, or unset if
   * it enables.
   */
  turn?: Run;
}

export interface Run {
  args?: string[];
  env?: Record<string, string>;
  /** Bodies of answers by URL without query; `{}` elsewhere. */
  answers?: Record<string, unknown>;
  /** Contents of JSON files by their path in the home folder. */
  files?: Record<string, unknown>;
}

export interface CorpusCase {
  name: string;
  directory: string;
  truth: Truth;
}

const here = import.meta.dirname;

/** All cases, by name. A folder without truth.json is an error. */
export function corpusCases(): CorpusCase[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      directory: join(here, name),
      truth: JSON.parse(readFileSync(join(here, name, "truth.json"), "utf8")),
    }));
}
