import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Parser, type ReadEntry } from "tar";
import { MAX_MANIFEST_BYTES } from "./package-manifest.ts";

/** Beyond so many unpacked bytes the search for `package.json` ends. */
const SEARCH_BYTES = 1024 ** 3;

export interface TarballSummary {
  /** Of the file as it is, `sha512-…`. */
  integrity: string;
  /** Text of its `package.json`; null if none was found. */
  manifest: string | null;
}

/**
 * Digest and manifest of a local tarball in one pass. Whether the archive is sound is for its reader to say, not for
 * us.
 */
export async function summarizeTarball(path: string): Promise<TarballSummary> {
  const digest = createHash("sha512");
  const search = new ManifestSearch();
  for await (const chunk of createReadStream(path)) {
    digest.update(chunk);
    search.write(chunk);
  }
  return { integrity: `sha512-${digest.digest("base64")}`, manifest: search.end() };
}

/** Best first: where npm packs it, at the top of other archives, one folder down as in those of code hosts. */
const PLACES = [/^(\.\/)?package\/package\.json$/, /^(\.\/)?package\.json$/, /^(\.\/)?[^/]+\/package\.json$/];

class ManifestSearch {
  readonly #parser = new Parser();
  #found: { text: string; rank: number } | null = null;
  #seenBytes = 0;
  #done = false;

  constructor() {
    this.#parser.on("entry", (entry) => this.#entry(entry));
    this.#parser.on("error", () => {
      this.#done = true;
    });
  }

  write(chunk: Buffer): void {
    if (!this.#done) this.#parser.write(chunk);
  }

  end(): string | null {
    if (!this.#done) this.#parser.end();
    return this.#found?.text ?? null;
  }

  #entry(entry: ReadEntry): void {
    this.#seenBytes += entry.size;
    const rank = PLACES.findIndex((place) => place.test(entry.path));
    if (rank < 0 || entry.type === "SymbolicLink" || entry.size > MAX_MANIFEST_BYTES) {
      entry.resume();
    } else {
      const chunks: Buffer[] = [];
      entry.on("end", () => this.#candidate(Buffer.concat(chunks).toString("utf8"), rank));
      entry.on("data", (chunk) => chunks.push(chunk));
    }
    if (this.#seenBytes > SEARCH_BYTES) this.#done = true;
  }

  #candidate(text: string, rank: number): void {
    if (this.#found === null || rank < this.#found.rank) this.#found = { text, rank };
    if (rank === 0) this.#done = true;
  }
}
