import type { Artifact } from "../model/artifact.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Tool } from "../model/signatures/signature.ts";
import type { PackageIdentity } from "../model/source-file.ts";

export interface Acquired {
  identity: PackageIdentity;
  /** id in signatures/tools, or null. */
  tool: string | null;
  artifact: Artifact;
}

export interface AcquireOptions {
  /** Folder for what is kept between runs; default: the platform's cache folder. */
  cacheDir?: string;
  /** False: nothing is read from or left in the cache; downloads stand in a temporary folder until the process ends. */
  cache: boolean;
  /** True: answer from the cache or fail. */
  offline: boolean;
  /** Registry URL in place of the configured one; a registry configured for a scope keeps its scope, as in npm. */
  registry?: string;
  /** ISO 8601 date or time: of what a tag or a range means, the version that it meant just before. */
  before?: string;
  /** False: when a version was published is of no interest, and is asked of nobody. It doubles the list of versions. */
  dated?: boolean;
  onProgress?: (progress: AcquireProgress) => void;
}

export type AcquireProgress = { step: "resolve"; spec: string } | { step: "download"; spec: string; bytes: number };

export interface AcquireContext {
  tools: readonly Tool[];
  options: AcquireOptions;
  log: DiagnosticLog;
}
