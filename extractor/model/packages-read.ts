import type { Platform } from "./platform.ts";

export interface PackageRead {
  name: string;
  version: string;
  /** When this version was published, UTC, ISO 8601; absent where nothing says it. */
  published?: string;
  integrity: string | null;
  spec: string;
  files: number;
  bytes: number;
}

export interface PlatformPackage {
  name: string;
  version: string;
  integrity: string | null;
  /** Null: the same on every one. It holds the command of the package that was asked for. */
  platform: Platform | null;
  /** Paths of its files begin with this folder; others are of the package that was asked for. */
  folder: string;
  /** Files of code and native binaries that were read of it; 0 where its program is of a kind that isn't. */
  files: number;
}

/** A package that was read with --with-dependencies. */
export interface ReadDependency {
  name: string;
  version: string;
  integrity: string | null;
  /** Paths of its files begin with this folder. */
  folder: string;
  /** Files of code that were read of it: those that something leads into. */
  files: number;
}

/**
 * A package that the code calls, or that is only asked for; what it does itself is known if it was read, or if its
 * calls are known.
 */
export interface Dependency {
  name: string;
  /** Calls of it in the package's own code. */
  calls: number;
  code: "known" | "read" | "unread";
  /** Where it was read. */
  version?: string;
  integrity?: string | null;
  folder?: string;
  files?: number;
  /** Ids of endpoints whose call stands in it. */
  endpoints?: string[];
}

export interface Container {
  path: string;
  /** `bun`, `node-sea`, `tar`, …; `native` for a binary whose own strings were read. */
  format: string;
  /** Files with text, or binaries, that came out of it directly. */
  files: number;
}
