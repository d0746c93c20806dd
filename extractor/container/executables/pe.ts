import { type ByteSource, readExactly } from "../bytes.ts";
import { type Executable, fixedName, type Range, type Section } from "./executable.ts";

const MACHINES: Record<number, string> = { 34404: "x64", 43620: "arm64", 332: "ia32" };
const CODE = 0x20;
const SUBDIRECTORY = 0x8000_0000;
/** type / name / language: the resource tree has three levels, and a cyclic one must end. */
const RESOURCE_LEVELS = 3;
const RESOURCES = 4096;

/** Reads the section table of a PE32+ file. */
export async function readPe(source: ByteSource): Promise<Executable | null> {
  const dos = await readExactly(source, 0, 64);
  if (dos === null || dos.readUInt16LE(0) !== 0x5a4d) return null;
  const at = dos.readUInt32LE(60);
  const header = await readExactly(source, at, 24);
  if (header === null || header.readUInt32BE(0) !== 0x50450000) return null;
  const machine = header.readUInt16LE(4);
  const count = header.readUInt16LE(6);
  const table = await readExactly(source, at + 24 + header.readUInt16LE(20), count * 40);
  if (table === null) return null;
  const sections: Section[] = Array.from({ length: count }, (_, i) => ({
    name: fixedName(table, i * 40, 8),
    type: table.readUInt32LE(i * 40 + 36),
    address: table.readUInt32LE(i * 40 + 12),
    size: table.readUInt32LE(i * 40 + 16),
    offset: table.readUInt32LE(i * 40 + 20),
  }));
  return {
    format: "PE",
    machine: MACHINES[machine] ?? `machine ${machine}`,
    sections,
    segments: sections.map((s) => ({ ...s, executable: (s.type & CODE) !== 0 })),
    injected: (name) => findResource(source, sections, name),
  };
}

/** The first resource below the entry of that name, in any language. */
async function findResource(source: ByteSource, sections: Section[], name: string): Promise<Range | null> {
  const resources = sections.find((s) => s.name === ".rsrc");
  if (resources === undefined) return null;
  let left = RESOURCES;
  const visit = async (offset: number, level: number, named: boolean): Promise<Range | null> => {
    const head = await readExactly(source, resources.offset + offset, 16);
    if (head === null) return null;
    const count = head.readUInt16LE(12) + head.readUInt16LE(14);
    const entries = await source.read(resources.offset + offset + 16, count * 8);
    for (let i = 0; i + 8 <= entries.length && left-- > 0; i += 8) {
      const id = entries.readUInt32LE(i);
      const target = entries.readUInt32LE(i + 4);
      const below = target & ~SUBDIRECTORY;
      const matches = named || (id >= SUBDIRECTORY && (await readName(id & ~SUBDIRECTORY)) === name);
      if (target >= SUBDIRECTORY) {
        const found = level < RESOURCE_LEVELS ? await visit(below, level + 1, matches) : null;
        if (found !== null) return found;
      } else if (matches) {
        const data = await readExactly(source, resources.offset + below, 8);
        if (data === null) return null;
        return { offset: data.readUInt32LE(0) - resources.address + resources.offset, size: data.readUInt32LE(4) };
      }
    }
    return null;
  };
  const readName = async (offset: number): Promise<string> => {
    const head = await source.read(resources.offset + offset, 2 + name.length * 2);
    if (head.length < 2 || head.readUInt16LE(0) !== name.length) return "";
    return head.toString("utf16le", 2);
  };
  return visit(0, 1, false);
}
