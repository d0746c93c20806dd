import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { twoByteOrder, utf8Chunks } from "./two-byte-text.ts";

/** Read in pieces of this size: large enough that a gigabyte needs a thousand turns, small against the memory bound. */
const CHUNK_BYTES = 1 << 20;
const SAMPLE_BYTES = 64 << 10;

/**
 * A capture file that can be read from its start, gunzipped where it is a gzip file, in UTF-8 where it was in UTF-16.
 */
export interface CaptureSource {
  path: string;
  /** The first bytes, at most `SAMPLE_BYTES`. */
  sample: Buffer;
  chunks(): AsyncIterable<Buffer>;
}

export async function openSource(path: string): Promise<CaptureSource> {
  const head = await firstBytes(path);
  const plain = isGzip(head) ? () => gunzipped(path) : () => createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const sample = isGzip(head) ? await firstOf(plain()) : head;
  const order = twoByteOrder(sample);
  if (order === null) return { path, sample, chunks: plain };
  const chunks = () => utf8Chunks(plain(), order);
  return { path, sample: await firstOf(chunks()), chunks };
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function firstOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= SAMPLE_BYTES) break;
    }
  } catch {
    // A cut gzip file still shows what it is; reading it to the end reports the cut.
  }
  return Buffer.concat(parts).subarray(0, SAMPLE_BYTES);
}

async function* gunzipped(path: string): AsyncGenerator<Buffer> {
  const input = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  input.on("error", (error) => gunzip.destroy(error));
  try {
    yield* input.pipe(gunzip);
  } finally {
    input.destroy();
  }
}
