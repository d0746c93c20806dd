import { createHash } from "node:crypto";
import type { Platform } from "../../model/platform.ts";

/** What the report of a release depends on, besides the release, the engine and the signatures. */
export interface JobOptions {
  platform?: Platform;
  withDependencies?: true;
  sourceMaps: boolean;
  from: "bundle" | "sources" | "both";
}

/** Who makes the reports. */
export interface ReportMaker {
  /** Digest of the compiled program. */
  engine: string;
  /** Digest of signatures/. */
  signatures: string;
}

/** One release that is to be analysed. */
export interface CensusJob extends ReportMaker {
  package: string;
  version: string;
  /** When it was published, UTC, ISO 8601; null where the registry doesn't say. */
  published: string | null;
  /** Subresource-integrity string of the tarball; null where the registry gives none. */
  integrity: string | null;
  /** What it unpacks to; 0 where the registry doesn't say. Decides on turn and memory, never on the result. */
  bytes: number;
  options: JobOptions;
}

/**
 * Equal for jobs with equal results: the bytes of the tarball, who reads them, and how. 64 hex digits. A tarball
 * without a digest is known by its name.
 */
export const jobId = ({ integrity, package: name, version, engine, signatures, options }: CensusJob): string =>
  digestOf([integrity ?? `${name}@${version}`, name, version, engine, signatures, optionsKey(options)]);

/** Equal for equal options, in whatever order they were given. */
export const optionsKey = (options: JobOptions): string =>
  JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Equal for reports by the same program with the same signatures. */
export const makerKey = ({ engine, signatures }: ReportMaker): string => digestOf([engine, signatures]);

const digestOf = (parts: readonly string[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

export const releaseName = ({ package: name, version }: Pick<CensusJob, "package" | "version">): string =>
  `${name}@${version}`;
