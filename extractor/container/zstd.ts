import { Decompress } from "fzstd";

/** What decoders grant without being asked; `zstd --ultra --long` stays below. */
const WINDOW_BYTES = 128 << 20;
const STEP = 64 << 10;

const isZstd = (head: Uint8Array): boolean =>
  head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;

/** Unpacks zstd frames. Null where they are damaged, want a huge window or hold more than `limit` bytes. */
export function unzstd(bytes: Buffer, limit: number): Buffer | null {
  if (!isZstd(bytes) || windowBytes(bytes) > WINDOW_BYTES) return null;
  const parts: Buffer[] = [];
  let size = 0;
  const stream = new Decompress((part) => {
    size += part.length;
    if (size > limit) throw new RangeError("more than the limit");
    parts.push(Buffer.from(part));
  });
  try {
    for (let at = 0; at < bytes.length; at += STEP)
      stream.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch {
    return null; // fzstd throws its own errors and, on damaged tables, plain TypeErrors
  }
  return Buffer.concat(parts, size);
}

/** The history a frame says it needs: its window descriptor, or the whole content for a single segment. */
function windowBytes(frame: Buffer): number {
  const descriptor = frame[4] ?? 0;
  const window = frame[5] ?? 0;
  if ((descriptor & 0x20) === 0) return (2 ** (10 + (window >> 3)) / 8) * (8 + (window & 7));
  const at = 5 + [0, 1, 2, 4][descriptor & 3]!;
  const bytes = [1, 2, 4, 8][descriptor >> 6]!;
  if (at + bytes > frame.length) return 0;
  return bytes === 8 ? Number(frame.readBigUInt64LE(at)) : frame.readUIntLE(at, bytes);
}
