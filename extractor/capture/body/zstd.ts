import { Decompress } from "fzstd";

/**
 * A frame may ask for a window of terabytes in three bytes; no sender of requests uses more than the format's
 * recommended 8 MB.
 */
const MAX_WINDOW_BYTES = 64 << 20;

/**
 * @param limit bytes the result may have.
 * @throws Error where the input is damaged, asks for too large a window or gives more than the limit.
 */
export function unzstdBody(bytes: Buffer, limit: number): Uint8Array {
  if (windowBytes(bytes) > MAX_WINDOW_BYTES) throw new Error("zstd window is too large");
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((part) => {
    length += part.length;
    if (length > limit) throw new Error("zstd output is too large");
    parts.push(part.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(parts);
}

/** RFC 8878, 3.1.1.1: the window descriptor, or the content size of a single-segment frame. */
function windowBytes(bytes: Buffer): number {
  const descriptor = bytes[4] ?? 0;
  const singleSegment = (descriptor & 0x20) !== 0;
  if (!singleSegment) {
    const window = bytes[5] ?? 0;
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const size = [1, 2, 4, 8][descriptor >> 6]!;
  if (at + size > bytes.length) return 0;
  if (size === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, size) + (size === 2 ? 256 : 0);
}
