import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Random access to bytes of known size. Binaries are read by position; none is ever whole in memory. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `offset`, at most `length` of them: fewer at the end, none past it. Never throws for a position. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** A source that holds something open. */
export interface ClosableSource extends ByteSource {
  close(): Promise<void>;
}

const NOTHING = Buffer.alloc(0);

/** `[offset, end)` cut to what exists, or null where nothing of it does (negative, fractional and huge claims too). */
function within(size: number, offset: number, length: number): { offset: number; length: number } | null {
  if (!Number.isSafeInteger(offset) || !(length > 0) || offset < 0 || offset >= size) return null;
  return { offset, length: Math.min(Math.floor(length), size - offset) };
}

/** A source over bytes already in memory. What it returns are views: don't write into them. */
export function bufferSource(buffer: Buffer): ByteSource {
  return {
    size: buffer.length,
    read: async (offset, length) => {
      const range = within(buffer.length, offset, length);
      return range === null ? NOTHING : buffer.subarray(range.offset, range.offset + range.length);
    },
  };
}

/** Opens a file for reading by position. Throws what the file system throws; the caller closes it. */
export function fileSource(path: string): ClosableSource {
  const descriptor = openSync(path, "r");
  try {
    return { ...descriptorSource(descriptor, fstatSync(descriptor).size), close: async () => closeSync(descriptor) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** A source over an open file. Reads are synchronous: thousands of small ones take a tenth of the time that way. */
export function descriptorSource(descriptor: number, size: number): ByteSource {
  return {
    size,
    read: async (offset, length) => {
      const range = within(size, offset, length);
      if (range === null) return NOTHING;
      const buffer = Buffer.allocUnsafe(range.length);
      let filled = 0;
      while (filled < range.length) {
        const read = readSync(descriptor, buffer, filled, range.length - filled, range.offset + filled);
        if (read === 0) break; // the file shrank under us
        filled += read;
      }
      return filled === range.length ? buffer : buffer.subarray(0, filled);
    },
  };
}

/** A window onto another source; what lies outside the window can't be read through it. */
export function sliceSource(source: ByteSource, offset: number, length: number): ByteSource {
  const range = within(source.size, offset, length) ?? { offset: 0, length: 0 };
  return {
    size: range.length,
    read: async (at, wanted) => {
      const inner = within(range.length, at, wanted);
      return inner === null ? NOTHING : source.read(range.offset + inner.offset, inner.length);
    },
  };
}

/** Exactly `length` bytes, or null where the source doesn't hold them all. */
export async function readExactly(source: ByteSource, offset: number, length: number): Promise<Buffer | null> {
  if (!(length >= 0) || !(offset >= 0) || offset + length > source.size) return null;
  const bytes = await source.read(offset, length);
  return bytes.length === length ? bytes : null;
}

/** All bytes in order, 256 KiB at a time. */
export async function* chunksOf(source: ByteSource): AsyncGenerator<Buffer> {
  for (let at = 0; at < source.size; at += CHUNK) yield await source.read(at, CHUNK);
}

const CHUNK = 256 << 10;

/** A u64 as a number; Infinity for what no file can hold, so that every bound check refuses it. */
export function readU64(bytes: Buffer, offset: number): number {
  const value = bytes.readUInt32LE(offset + 4) * 0x1_0000_0000 + bytes.readUInt32LE(offset);
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

const WINDOW = 4 << 20;

/** Positions of `needle`, last first, at most `limit` of them. Reads backwards in windows of 4 MiB. */
export async function findBackwards(source: ByteSource, needle: Buffer, limit: number): Promise<number[]> {
  const found: number[] = [];
  for (let end = source.size; end > 0 && found.length < limit; ) {
    const start = Math.max(0, end - WINDOW);
    // The overlap belongs to the window before: a hit must begin in front of `end`.
    const bytes = await source.read(start, end - start + needle.length - 1);
    for (let from = bytes.length; found.length < limit; ) {
      const at = from < 0 ? -1 : bytes.lastIndexOf(needle, from);
      if (at < 0) break;
      if (start + at < end) found.push(start + at);
      from = at - 1;
    }
    end = start;
  }
  return found;
}

/** First position of each needle at or after `from`, -1 where it isn't found. One pass in windows of 4 MiB. */
export async function findFirst(source: ByteSource, needles: readonly Buffer[], from = 0): Promise<number[]> {
  const found = needles.map(() => -1);
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  for (let start = from; start < source.size; start += WINDOW) {
    const bytes = await source.read(start, WINDOW + overlap);
    needles.forEach((needle, i) => {
      if (found[i] !== -1) return;
      const at = bytes.indexOf(needle);
      if (at >= 0) found[i] = start + at;
    });
    if (!found.includes(-1)) break;
  }
  return found;
}
