import { join } from "node:path";
import cacache from "cacache";
import type { Artifact } from "../model/artifact.ts";
import { isUnwritable, unwritable } from "./cache-folder.ts";

/** What the registry said about a tarball. */
interface Provenance {
  /** What the registry vouched for when it was fetched; null if it didn't. */
  vouched: string | null;
  /** When the version was published, ISO 8601; null if the registry doesn't say; absent if it wasn't asked. */
  published?: string | null | undefined;
}

export interface StoredTarball extends Provenance {
  /** Of the content as stored. */
  integrity: string;
  artifact: Artifact;
}

/** Tarballs that were fetched, by registry, name and version; their content is checked against its digest. */
export class TarballStore {
  /** Also the folder for pacote's own cache. */
  readonly folder: string;

  constructor(cacheFolder: string) {
    this.folder = join(cacheFolder, "packages");
  }

  /** Null if it isn't there or if its content was damaged; a damaged one is removed. */
  async find(key: string): Promise<StoredTarball | null> {
    const entry = await cacache.get.info(this.folder, key).catch(() => null);
    if (!entry) return null;
    try {
      for await (const _ of cacache.get.stream.byDigest(this.folder, entry.integrity, { size: entry.size }));
    } catch {
      await cacache.rm.content(this.folder, entry.integrity).catch(() => {});
      return null;
    }
    return stored(entry);
  }

  /**
   * Keeps a stream under the key.
   * @param onBytes told how many bytes have come so far
   * @throws what the stream emits; ExtractorError `bad-input` if the folder can't be written
   */
  async keep(
    key: string,
    stream: NodeJS.ReadableStream,
    provenance: Provenance,
    onBytes: (bytes: number) => void,
  ): Promise<StoredTarball> {
    const put = cacache.put.stream(this.folder, key, { metadata: provenance });
    let bytes = 0;
    await new Promise<void>((resolve, reject) => {
      stream.on("error", reject);
      put.on("error", (error: unknown) => reject(isUnwritable(error) ? unwritable(this.folder, error) : error));
      put.on("integrity", () => resolve());
      stream.pipe(put as unknown as NodeJS.WritableStream);
      stream.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        onBytes(bytes);
      });
    });
    return stored(await cacache.get.info(this.folder, key).then((entry) => entry!));
  }

  /** Adds when the version was published to a tarball that was kept without it. */
  async date(key: string, tarball: StoredTarball, published: string | null): Promise<StoredTarball> {
    const { vouched, integrity } = tarball;
    const { size } = (await cacache.get.info(this.folder, key))!;
    await cacache.index.insert(this.folder, key, integrity, { size, metadata: { vouched, published } });
    return { ...tarball, published };
  }
}

function stored(entry: cacache.CacheObject): StoredTarball {
  const { vouched, published } = entry.metadata as Provenance;
  return {
    vouched,
    published,
    integrity: entry.integrity,
    artifact: { kind: "tarball", from: entry.path },
  };
}
