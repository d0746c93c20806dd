/** One file of a package that holds text we read. */
export interface SourceFile {
  /** Path inside the package, `/` as separator, never absolute, never with `..`. */
  path: string;
  text: string;
  /** UTF-8 size. */
  bytes: number;
  origin: Origin;
}

/** How the file came to us: as an entry of the archive, or out of a container inside it. */
export type Origin =
  | { kind: "entry" }
  /**
   * `container` is the path of the binary or archive that held it; `name` what the embedded program itself calls the
   * file (absolute, as in its import specifiers), so files of one container link by a plain look-up.
   */
  | { kind: "embedded"; container: string; format: string; name: string };

/** A file that was seen and not read; listed so that nothing is silent. */
export interface OtherFile {
  path: string;
  bytes: number;
  reason: "binary" | "not-code" | "too-large" | "empty" | "duplicate";
  /** `duplicate` only: path of the file with the same content that was read instead. */
  sameAs?: string;
  origin?: Origin;
}

/** A source map that came out of a container together with the file it describes. */
export interface SourceMapFile {
  path: string;
  /** Path of the generated file. */
  describes: string;
  /** Source map, version 3: JSON as UTF-8. `mappings` is empty where only the sources could be read. */
  map: Buffer;
  /** Its size. */
  bytes: number;
  origin: Origin;
}

/** What the person asked for, resolved to something that can be opened. */
export interface PackageIdentity {
  name: string;
  version: string;
  /** When this version was published, UTC, ISO 8601; absent where nothing says it. */
  published?: string;
  /** Subresource-integrity string of the tarball; null for folders and single files. */
  integrity: string | null;
  /** The spec as it was given. */
  spec: string;
}
