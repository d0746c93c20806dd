import { type ByteSource, readExactly, readU64 } from "../bytes.ts";
import type { Executable, Range, Section } from "../executables/executable.ts";

/** A mapped part of an executable whose bytes are in memory here. */
export interface Region {
  address: number;
  offset: number;
  bytes: Buffer;
}

/** What the string readers look at. */
export interface Image {
  /** Read-only constants: where strings are. Positions in it are the readers' coordinates. */
  constants: Region;
  /** Where pointers to strings are. */
  data: Region[];
  /** Machine code, read window by window. */
  code: Section[];
  /** Relative relocations by ascending site; empty in a program linked to a fixed address. */
  relocations: Relocations;
}

export interface Relocations {
  /** Addresses that hold a pointer. */
  sites: Float64Array;
  /** What each points at. */
  targets: Float64Array;
}

/** Constants and data beyond this aren't loaded. */
const REGION_BYTES = 128 << 20;
/** Real programs have a tenth. */
const RELOCATIONS = 4_000_000;
const SHT_PROGBITS = 1;
const SHT_RELA = 4;
const SHT_RELR = 19;
const R_X86_64_RELATIVE = 8;

/** Loads what the readers need of an x86-64 ELF file; null where it has no section of constants that can be loaded. */
export async function loadImage(source: ByteSource, executable: Executable): Promise<Image | null> {
  const constants = await loadConstants(source, executable.sections);
  if (constants === null) return null;
  const data: Region[] = [];
  let left = REGION_BYTES;
  for (const section of executable.sections) {
    if (section.type !== SHT_PROGBITS || section.address === 0 || section.size > left) continue;
    if (!/^\.(?:data|noptrdata|got|tdata|itablink|typelink)/.test(section.name)) continue;
    const region = await loadRegion(source, section);
    if (region !== null) data.push(region);
    left -= section.size;
  }
  // Sections that overlap would have the same code read again and again.
  let codeLeft = source.size;
  const code = executable.sections.filter((section) => {
    const isMapped = executable.segments.some(
      (s) => s.executable && s.offset <= section.offset && section.offset < s.offset + s.size,
    );
    if (section.type !== SHT_PROGBITS || section.offset + section.size > source.size || !isMapped) return false;
    codeLeft -= section.size;
    return codeLeft >= 0;
  });
  return {
    constants,
    data,
    code,
    relocations: await loadRelocations(source, executable.sections, data),
  };
}

async function loadRegion(source: ByteSource, range: Range & { address: number }): Promise<Region | null> {
  const bytes = await readExactly(source, range.offset, range.size);
  return bytes === null ? null : { address: range.address, offset: range.offset, bytes };
}

/** `.rodata` with the mergeable sections beside it, as one region. */
async function loadConstants(source: ByteSource, sections: Section[]): Promise<Region | null> {
  const main = sections.find((s) => s.name === ".rodata");
  if (main === undefined) return null;
  const slide = main.address - main.offset;
  const parts = sections.filter((s) => s.name.startsWith(".rodata") && s.address - s.offset === slide);
  const start = Math.min(...parts.map((s) => s.offset));
  const size = Math.max(...parts.map((s) => s.offset + s.size)) - start;
  const isSound = size <= REGION_BYTES && parts.length < 64;
  return loadRegion(source, isSound ? { offset: start, size, address: start + slide } : main);
}

async function loadRelocations(source: ByteSource, sections: Section[], data: Region[]): Promise<Relocations> {
  const found: { site: number; target: number }[] = [];
  for (const section of sections) {
    if (section.type !== SHT_RELA && section.type !== SHT_RELR) continue;
    const bytes = section.size > REGION_BYTES ? null : await readExactly(source, section.offset, section.size);
    if (bytes === null) continue;
    if (section.type === SHT_RELA) readRela(bytes, found);
    else readRelr(bytes, data, found);
  }
  found.sort((a, b) => a.site - b.site);
  return { sites: Float64Array.from(found, (r) => r.site), targets: Float64Array.from(found, (r) => r.target) };
}

function readRela(bytes: Buffer, found: { site: number; target: number }[]): void {
  for (let at = 0; at + 24 <= bytes.length && found.length < RELOCATIONS; at += 24)
    if (bytes.readUInt32LE(at + 8) === R_X86_64_RELATIVE)
      found.push({ site: readU64(bytes, at), target: readU64(bytes, at + 16) });
}

/**
 * The packed form: an even word is a site, an odd one a bitmap of the 63 words after the last. Targets stand in the
 * data.
 */
function readRelr(bytes: Buffer, data: Region[], found: { site: number; target: number }[]): void {
  let next = 0;
  const add = (site: number) => {
    const target = wordAt(data, site);
    if (target !== null && found.length < RELOCATIONS) found.push({ site, target });
  };
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const low = bytes.readUInt32LE(at);
    const high = bytes.readUInt32LE(at + 4);
    if ((low & 1) === 0) {
      add(readU64(bytes, at));
      next = readU64(bytes, at) + 8;
      continue;
    }
    for (let bit = 1; bit < 64; bit++)
      if (((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1) !== 0) add(next + (bit - 1) * 8);
    next += 63 * 8;
  }
}

/** The u64 at an address, null outside the regions. */
export function wordAt(regions: readonly Region[], address: number): number | null {
  for (const { address: start, bytes } of regions)
    if (address >= start && address + 8 <= start + bytes.length) return readU64(bytes, address - start);
  return null;
}
