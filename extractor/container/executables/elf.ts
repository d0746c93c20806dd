import { type ByteSource, readExactly, readU64 } from "../bytes.ts";
import { type Executable, fixedName, type Range, type Section, type Segment } from "./executable.ts";

const MACHINES: Record<number, string> = { 62: "x64", 183: "arm64", 3: "ia32", 40: "arm" };
const PT_NOTE = 4;
/** A note's descriptor holds the injected blob; there are never many. */
const NOTES = 1024;

/** Reads the header, program headers and section headers of a 64-bit little-endian ELF file. */
export async function readElf(source: ByteSource): Promise<Executable | null> {
  const header = await readExactly(source, 0, 64);
  if (header === null || header.readUInt32BE(0) !== 0x7f454c46 || header[4] !== 2 || header[5] !== 1) return null;
  const machine = header.readUInt16LE(18);
  const segments = await readSegments(source, {
    offset: readU64(header, 32),
    entry: header.readUInt16LE(54),
    count: header.readUInt16LE(56),
  });
  const sectionTable = {
    offset: readU64(header, 40),
    entry: header.readUInt16LE(58),
    count: header.readUInt16LE(60),
  };
  const sections = await readSections(source, sectionTable, header.readUInt16LE(62));
  return {
    format: "ELF",
    machine: MACHINES[machine] ?? `machine ${machine}`,
    sections,
    segments,
    injected: (name) => findNote(source, segments, name),
  };
}

interface HeaderTable {
  offset: number;
  /** Bytes of one entry. */
  entry: number;
  count: number;
}

async function readSegments(source: ByteSource, { offset, entry, count }: HeaderTable): Promise<Segment[]> {
  const table = entry < 56 ? null : await readExactly(source, offset, entry * count);
  if (table === null) return [];
  return Array.from({ length: count }, (_, i) => ({
    type: table.readUInt32LE(i * entry),
    executable: (table.readUInt32LE(i * entry + 4) & 1) !== 0,
    offset: readU64(table, i * entry + 8),
    address: readU64(table, i * entry + 16),
    size: readU64(table, i * entry + 32),
  }));
}

/** @param namesIndex of the section that holds the names of all */
async function readSections(
  source: ByteSource,
  { offset, entry, count }: HeaderTable,
  namesIndex: number,
): Promise<Section[]> {
  const table = entry < 64 ? null : await readExactly(source, offset, entry * count);
  if (table === null) return [];
  const names =
    namesIndex < count
      ? await source.read(
          readU64(table, namesIndex * entry + 24),
          Math.min(readU64(table, namesIndex * entry + 32), 1 << 20),
        )
      : Buffer.alloc(0);
  return Array.from({ length: count }, (_, i) => {
    const name = table.readUInt32LE(i * entry);
    return {
      name: name < names.length ? fixedName(names, name, 256) : "",
      type: table.readUInt32LE(i * entry + 4),
      address: readU64(table, i * entry + 16),
      offset: readU64(table, i * entry + 24),
      size: readU64(table, i * entry + 32),
    };
  });
}

/** Walks the PT_NOTE segments: injection breaks the table of section names, program headers stay right. */
async function findNote(source: ByteSource, segments: Segment[], name: string): Promise<Range | null> {
  let left = NOTES;
  for (const segment of segments) {
    if (segment.type !== PT_NOTE) continue;
    const end = segment.offset + segment.size;
    for (let at = segment.offset; at + 12 <= end && left-- > 0; ) {
      const head = await readExactly(source, at, 12);
      if (head === null) break;
      const nameSize = head.readUInt32LE(0);
      const size = head.readUInt32LE(4);
      const offset = at + 12 + Math.ceil(nameSize / 4) * 4;
      if (nameSize === name.length + 1 || nameSize === name.length) {
        const found = await source.read(at + 12, name.length);
        if (found.toString("latin1") === name) return { offset, size };
      }
      at = offset + Math.ceil(size / 4) * 4;
    }
  }
  return null;
}
