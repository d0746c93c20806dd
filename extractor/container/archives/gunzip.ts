import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { ExtractorError } from "../../errors.ts";

const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of a stream, unpacked if they are gzip. Unpacking goes on only as fast as the reader takes the chunks (of
 * at most
 * 256 KiB each), so a bomb costs no more than what the reader lets through.
 * @throws ExtractorError `bad-archive` on damaged or truncated gzip
 */
export async function* gunzipped(source: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  const rest = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await rest.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = prepended(head, rest);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // A failure destroys `gunzip` with its reason, which the loop below then throws.
  const feeding = pipeline(Readable.from(whole), gunzip).catch(() => {});
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    throw isZlibError(error) ? damaged(error) : error;
  }
}

async function* prepended(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function isZlibError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}

function damaged(cause: Error): ExtractorError {
  return new ExtractorError("bad-archive", `the archive is truncated or damaged: ${cause.message}`, {
    hint: "download it again, and compare its checksum with the registry's",
    cause,
  });
}
