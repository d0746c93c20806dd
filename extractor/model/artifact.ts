import type { OtherFile, SourceFile } from "./source-file.ts";

/** What can be opened and read: the hand-over from acquiring to unpacking. */
export type Artifact =
  /** Each call opens the archive anew, compressed or not. */
  | { kind: "tarball"; open(): Promise<NodeJS.ReadableStream> }
  /** Absolute path of a folder that holds an unpacked package. */
  | { kind: "folder"; path: string }
  /** Absolute path of one bundle or binary. */
  | { kind: "file"; path: string };

/** One file of an artifact. `"text" in file` tells a source from a file that was only listed. */
export type ArtifactFile = SourceFile | OtherFile;
