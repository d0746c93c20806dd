import type { ArtifactFile } from "../model/artifact.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Origin } from "../model/source-file.ts";
import type { ByteSource } from "./bytes.ts";
import type { ReadLimits } from "./limits.ts";

/** Where in a package a container stands, and what all its readers share. */
export interface ContainerPlace {
  /** Path of the container inside the package. */
  path: string;
  /** How the container itself came to us. */
  origin: Origin;
  /** 0 for a container that is an entry of the package. */
  depth: number;
  limits: ReadLimits;
  log: DiagnosticLog;
  /** What the limits have left for this container and all inside it. */
  left: { entries: number; bytes: number };
  /** SHA-256 of every text so far -> its path. */
  seen: Map<string, string>;
  /** Paths given out, since two hostile names may come down to one path. */
  taken: Set<string>;
  /** Opens a container found inside this one; null where it is none. */
  nested: (source: ByteSource, path: string, origin: Origin) => Promise<AsyncGenerator<ArtifactFile> | null>;
}

/** A file inside a container, before anything is known of its content. */
export interface EmbeddedFile {
  /** As the container calls it; hostile. */
  name: string;
  /** Name of the container's format, for the evidence. */
  format: string;
  source: ByteSource;
  /** The container says it is a program, whatever its name. */
  isProgram?: boolean;
  isUtf16?: boolean;
}

/** For a container that was recognised and isn't read. */
export async function* nothing(): AsyncGenerator<never> {}
