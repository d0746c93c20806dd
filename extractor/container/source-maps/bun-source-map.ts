import { unzstd } from "../zstd.ts";
import { decodeBunMappings } from "./bun-mappings.ts";

export interface BunSourceMap {
  sources: string[];
  /** By the index of `sources`; null for one that doesn't unpack. */
  sourcesContent: (string | null)[];
  /** How many don't unpack. */
  unread: number;
  /** VLQ; null for a form that isn't known. */
  mappings: string | null;
}

const SOURCES = 1_000_000;

/**
 * Decodes the source map Bun puts beside a module: counts, names, zstd contents and mappings.
 * Null where the pointers lead out of it.
 * @param limit bytes that all sources together may unpack to; what goes beyond counts as not unpacked
 */
export function readBunSourceMap(blob: Buffer, limit: number): BunSourceMap | null {
  if (blob.length < 8) return null;
  const count = blob.readUInt32LE(0);
  const mapSize = blob.readUInt32LE(4);
  const mapStart = 8 + count * 16;
  if (count > SOURCES || mapStart + mapSize > blob.length) return null;
  const part = (at: number): Buffer | null => {
    const offset = blob.readUInt32LE(at);
    const end = offset + blob.readUInt32LE(at + 4);
    return end > blob.length ? null : blob.subarray(offset, end);
  };
  const map: BunSourceMap = { sources: [], sourcesContent: [], unread: 0, mappings: null };
  let left = limit;
  for (let i = 0; i < count; i++) {
    const name = part(8 + i * 8);
    if (name === null) return null;
    const packed = part(8 + (count + i) * 8);
    const content = packed === null ? null : unzstd(packed, left);
    left -= content?.length ?? 0;
    if (content === null) map.unread++;
    map.sources.push(name.toString("utf8"));
    map.sourcesContent.push(content?.toString("utf8") ?? null);
  }
  const mappings = blob.subarray(mapStart, mapStart + mapSize);
  map.mappings = isVlq(mappings) ? mappings.toString("latin1") : decodeBunMappings(mappings);
  return map;
}

/** Base64 digits and separators only. The binary form begins with its length as a u64, so its eighth byte is zero. */
function isVlq(bytes: Buffer): boolean {
  return /^[A-Za-z0-9+/;,]*$/.test(bytes.toString("latin1", 0, 4096));
}
