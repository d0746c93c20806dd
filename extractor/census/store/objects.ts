import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { ExtractorError } from "../../errors.ts";
import { toJson } from "../../render/json.ts";
import { type JobResult, RESULT_SCHEMA_VERSION } from "../job/outcome.ts";
import { currentHolder, isGone } from "./holder.ts";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** No report is a tenth of this; a damaged or a made-up file may say that it unpacks to more than there is memory. */
const MAX_BYTES = 512e6;

/** `unfinished/` holds what is being written, by who writes it. */
const UNFINISHED = "unfinished";

/**
 * Results of jobs, each in a file named after the SHA-256 of its text: `objects/ab/cdef….json.gz`. A file is there as
 * a whole or not at all, and never changes, so that folders of several machines are brought together by copying.
 */
export class ObjectFolder {
  readonly #folder: string;

  /** @param folder of the census */
  constructor(folder: string) {
    this.#folder = join(folder, "objects");
  }

  /** @returns its address: 64 hex digits */
  async put(result: JobResult): Promise<string> {
    const text = toJson(result);
    const address = addressOf(text);
    const path = this.#path(address);
    const fresh = join(this.#folder, UNFINISHED, `${currentHolder()}.${address}`);
    await mkdir(dirname(fresh), { recursive: true });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(fresh, await compress(text), { flush: true });
    await rename(fresh, path);
    return address;
  }

  /** @throws ExtractorError `not-found`, `bad-input` where what is there isn't what the address says */
  async get(address: string): Promise<JobResult> {
    const path = this.#path(address);
    const packed = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
      throw new ExtractorError(cause.code === "ENOENT" ? "not-found" : "bad-input", `${path}: ${cause.code}`, {
        hint: "extract census rebuild makes the index of what is there",
        cause,
      });
    });
    return parsed(await unpacked(packed, path), { address, path });
  }

  /** Addresses of all there is, the oldest first, so that what was made last has the last word. */
  async list(): Promise<string[]> {
    const files = await this.#files();
    return files.sort((a, b) => a.made - b.made).map(({ address }) => address);
  }

  /** Bytes on the disk, and how many files. */
  async size(): Promise<{ objects: number; bytes: number }> {
    const files = await this.#files();
    return { objects: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** By their names. */
  async #files(): Promise<{ address: string; made: number; bytes: number }[]> {
    const names = await readdir(this.#folder, { recursive: true }).catch(() => []);
    const found: { address: string; made: number; bytes: number }[] = [];
    for (const name of names.sort()) {
      const [, head, rest] = /^([\da-f]{2})[/\\]([\da-f]{62})\.json\.gz$/.exec(name) ?? [];
      if (head === undefined) continue;
      const { mtimeMs: made, size: bytes } = await stat(join(this.#folder, name));
      found.push({ address: `${head}${rest}`, made, bytes });
    }
    return found;
  }

  /** Removes what processes that are gone had begun to write. */
  async sweep(): Promise<void> {
    const folder = join(this.#folder, UNFINISHED);
    for (const name of await readdir(folder).catch(() => [])) {
      const holder = name.slice(0, name.lastIndexOf("."));
      if (isGone(holder)) await rm(join(folder, name), { force: true });
    }
  }

  #path(address: string): string {
    return join(this.#folder, address.slice(0, 2), `${address.slice(2)}.json.gz`);
  }
}

const addressOf = (text: string): string => createHash("sha256").update(text).digest("hex");

async function unpacked(packed: Buffer, path: string): Promise<string> {
  try {
    return (await decompress(packed, { maxOutputLength: MAX_BYTES })).toString("utf8");
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function parsed(text: string, { address, path }: { address: string; path: string }): JobResult {
  if (addressOf(text) !== address) throw damaged(path);
  const result = JSON.parse(text) as JobResult;
  if (result.schemaVersion === RESULT_SCHEMA_VERSION) return result;
  throw new ExtractorError("bad-input", `${path}: written by another version of this program`, {
    hint: "read it with that one, or make the census again",
  });
}

const damaged = (path: string, cause?: unknown): ExtractorError =>
  new ExtractorError("bad-input", `${path}: not what its name says`, {
    hint: "remove the file, then extract census rebuild and census work make it again",
    cause,
  });
