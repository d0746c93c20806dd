import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { ResultCache } from "./acquire/cache.ts";
import { cacheFolder } from "./acquire/cache-folder.ts";
import { isPartial } from "./model/diagnostic.ts";
import type { Report } from "./model/report.ts";

/** Written by the build. Absent when running from source, where nothing says which engine made a report. */
export const ENGINE_STAMP = new URL("./engine.sha256", import.meta.url);

/** Digest of the compiled program; null where nothing was compiled. */
export const engineStamp = (stamp = ENGINE_STAMP): Promise<string | null> => readFile(stamp, "utf8").catch(() => null);

/**
 * The report of a package, if it was made before by the same engine from the same bytes with the same signatures and
 * options.
 */
export class KeptReport {
  readonly #cache: ResultCache;
  readonly #key: string;

  private constructor(cache: ResultCache, key: string) {
    this.#cache = cache;
    this.#key = key;
  }

  /**
   * Null where nothing may be kept: without a cache, for what has no digest (a folder, a single file), and from source.
   * @param dependsOn all else the report depends on, as JSON can tell it apart
   */
  static async of(
    integrity: string | null,
    dependsOn: unknown,
    { cache, cacheDir }: { cache: boolean; cacheDir?: string | undefined },
    stamp = ENGINE_STAMP,
  ): Promise<KeptReport | null> {
    if (!cache || integrity === null) return null;
    const engine = await engineStamp(stamp);
    if (engine === null) return null;
    const key = createHash("sha256")
      .update(JSON.stringify([engine, integrity, dependsOn]))
      .digest("hex");
    return new KeptReport(new ResultCache(cacheFolder(cacheDir)), `report ${key}`);
  }

  async read(): Promise<Report | null> {
    const kept = await this.#cache.get(this.#key);
    return kept === null ? null : (JSON.parse(String(kept)) as Report);
  }

  /** One that was cut short by time, memory or stack is not kept: the next run may find more. */
  async write(report: Report): Promise<void> {
    if (isPartial(report)) return;
    await this.#cache.put(this.#key, JSON.stringify(report));
  }
}
