/** How much an artifact may unpack to before it is refused. */
export interface ReadLimits {
  /** Files, folders and links together. */
  maxEntries: number;
  /** Unpacked size in bytes, archive headers and skipped files included. */
  maxBytes: number;
  /** Size in bytes of one code file; a larger one is counted and not read. */
  maxFileBytes: number;
  /** Size in bytes of one source map; 0: none is read. */
  maxMapBytes: number;
  /** Containers inside containers: archives, executables with files inside. */
  maxDepth: number;
}

export const DEFAULT_LIMITS: ReadLimits = {
  maxEntries: 100_000,
  maxBytes: 4 * 1024 ** 3,
  // V8's longest string is 512 Mi code units.
  maxFileBytes: 256 * 1024 ** 2,
  maxMapBytes: 256 * 1024 ** 2,
  maxDepth: 4,
};
