import { join } from "node:path";

/**
 * Results of earlier work by key, beside the tarballs. Entries are written atomically and checked when read: a
 * damaged one is dropped and counts as absent. The caller's key must hold all that the result depends on, the
 * engine's version included.
 */
export class ResultCache {
  readonly #folder: string;

  /** @param cacheFolder as given by `cacheFolder()`; it need not exist */
  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, "results");
  }

  /** Null if there is none, or none that is whole. Never throws. */
  async get(key: string): Promise<Buffer | null> {
    const { default: cacache } = await import("cacache");
    try {
      const { data } = await cacache.get(this.#folder, key, { memoize: false });
      return data;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") await this.#drop(key);
      return null;
    }
  }

  /** False if it couldn't be kept, on a full disk or in a read-only folder. Never throws. */
  async put(key: string, data: Buffer | string): Promise<boolean> {
    const { default: cacache } = await import("cacache");
    return cacache.put(this.#folder, key, data).then(
      () => true,
      () => false,
    );
  }

  /** Content that is there is not written again, so a damaged one has to go. */
  async #drop(key: string): Promise<void> {
    const { default: cacache } = await import("cacache");
    const entry = await cacache.get.info(this.#folder, key).catch(() => null);
    if (entry) await cacache.rm.content(this.#folder, entry.integrity).catch(() => {});
  }
}
