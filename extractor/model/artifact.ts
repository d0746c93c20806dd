import type { BinaryFile } from "./binary-string.ts";
import type { OtherFile, SourceFile, SourceMapFile } from "./source-file.ts";

/** What can be opened and read: the hand-over from acquiring to unpacking. */
export type Artifact =
  /** Absolute path of an archive, compressed or not, or what opens it anew with each call. */
  | { kind: "tarball"; from: string | (() => Promise<NodeJS.ReadableStream>) }
  /** Absolute path of a folder that holds an unpacked package. */
  | { kind: "folder"; path: string }
  /** Absolute path of one bundle or binary. */
  | { kind: "file"; path: string };

/**
 * One file of an artifact or of a container inside it: `"text" in file` is a source, `"strings" in file` a native
 * binary,
 * `"map" in file` a source map, `"reason" in file` a file that was only listed.
 */
export type ArtifactFile = SourceFile | OtherFile | BinaryFile | SourceMapFile;
