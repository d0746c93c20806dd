import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { unzstdBody } from "./zstd.ts";

/** A body that unpacks to more than this is a bomb, or nothing we could learn an event from. Bytes. */
const MAX_BODY_BYTES = 32 << 20;

interface Encoding {
  /** False where the bytes surely aren't in this encoding: recorders often store a body decoded and keep the header. */
  plausible(bytes: Buffer): boolean;
  decode(bytes: Buffer): Uint8Array;
}

const bounded = { maxOutputLength: MAX_BODY_BYTES };

const gzip: Encoding = {
  plausible: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b,
  decode: (bytes) => gunzipSync(bytes, bounded),
};

const zstd: Encoding = {
  plausible: (bytes) => bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528,
  decode: (bytes) => unzstdBody(bytes, MAX_BODY_BYTES),
};

// Neither has a mark of its own. Text of a decoded body never is valid brotli or deflate, which ends in an error here.
const br: Encoding = {
  plausible: (bytes) => !looksDecoded(bytes),
  decode: (bytes) => brotliDecompressSync(bytes, bounded),
};
const deflate: Encoding = {
  plausible: (bytes) => !looksDecoded(bytes),
  decode: (bytes) => ((bytes[0]! & 0x0f) === 8 ? inflateSync(bytes, bounded) : inflateRawSync(bytes, bounded)),
};

const ENCODINGS: Record<string, Encoding> = { gzip, "x-gzip": gzip, zstd, br, deflate };

/**
 * The body without its content-encodings, last applied first. A body that is already decoded comes back as it is.
 * @throws Error where it is damaged or unpacks to more than the bound.
 */
export function withoutEncoding(bytes: Buffer, header: string | null): Buffer {
  let body = bytes;
  const applied = (header ?? "").toLowerCase().split(",");
  for (const name of applied.slice(-4).reverse()) {
    const encoding = Object.hasOwn(ENCODINGS, name.trim()) ? ENCODINGS[name.trim()] : undefined;
    if (encoding?.plausible(body)) body = asBuffer(encoding.decode(body));
  }
  // Some senders compress and don't say so.
  for (const encoding of [gzip, zstd]) if (encoding.plausible(body)) body = asBuffer(encoding.decode(body));
  return body;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** JSON, or text without control characters in its first bytes. */
function looksDecoded(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 64);
  return head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) && isUtf8(head);
}

function isUtf8(head: Buffer): boolean {
  return !head.toString("utf8").slice(0, -1).includes("\uFFFD");
}
