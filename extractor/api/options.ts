import type { ReadLimits } from "../container/limits.ts";
import type { Platform } from "../model/platform.ts";
import type { Progress } from "../model/progress.ts";

/** How a package is read. Each may be left out. */
export interface ExtractOptions {
  /**
   * What is analysed: the code that runs, the original sources in its maps, or both and how they differ. Default
   * `bundle`.
   */
  from?: "bundle" | "sources" | "both";
  /** Of a package with a program for each platform. Default `linux-x64`, or the first there is. */
  platform?: Platform;
  /** Original places and names from source maps. Default true. */
  sourceMaps?: boolean;
  /** Whole values of baked-in credentials, not only a prefix and the SHA-256. Default false. */
  reveal?: boolean;
  /** Read from the cache and leave tarballs and reports there. Default true. */
  cache?: boolean;
  /** Folder of the cache. Default: the platform's own, such as `~/.cache/endpoint-extractor`. */
  cacheDir?: string;
  /** Ask the network for nothing: answer from the cache and the disk, or fail. Default false. */
  offline?: boolean;
  /** URL of an npm registry. Default: what the person's npm configuration names. */
  registry?: string;
  /** ISO 8601 date or time, UTC: of a name, tag or range, the last version published before it. Default: now. */
  before?: string;
  /** How much an artifact may hold before it is refused. Defaults: 100,000 entries, 4 GiB, 256 MiB a file or map. */
  limits?: Partial<ReadLimits>;
  /** Told what is being done. */
  onProgress?: (progress: Progress) => void;
}
