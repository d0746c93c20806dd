import { type ByteSource, readExactly, readU64 } from "../bytes.ts";
import { type Executable, fixedName, type Range, type Section, type Segment } from "./executable.ts";

const MACHINES: Record<number, string> = { 16777223: "x64", 16777228: "arm64" };
const LC_SEGMENT_64 = 0x19;
const SECTION = 80;
/** Commands of real programs take tens of kilobytes. */
const COMMANDS_BYTES = 4 << 20;
/** More slices than architectures exist; a Java class file, which shares the magic, has its version number here. */
const SLICES = 16;

/** Reads the load commands of a 64-bit little-endian Mach-O file. Sections are named `__SEGMENT,__section`. */
export async function readMachO(source: ByteSource): Promise<Executable | null> {
  const header = await readExactly(source, 0, 32);
  if (header === null || header.readUInt32LE(0) !== 0xfeedfacf) return null;
  const machine = header.readUInt32LE(4);
  const commands = await source.read(32, Math.min(header.readUInt32LE(20), COMMANDS_BYTES));
  const segments: Segment[] = [];
  const sections: Section[] = [];
  for (let at = 0; at + 8 <= commands.length; ) {
    const size = commands.readUInt32LE(at + 4);
    if (size < 8 || at + size > commands.length) break;
    if (commands.readUInt32LE(at) === LC_SEGMENT_64 && size >= 72)
      readSegment(commands.subarray(at, at + size), segments, sections);
    at += size;
  }
  return {
    format: "Mach-O",
    machine: MACHINES[machine] ?? `machine ${machine}`,
    sections,
    segments,
    injected: async (name) => sections.find((s) => s.name.endsWith(`,__${name}`)) ?? null,
  };
}

function readSegment(command: Buffer, segments: Segment[], sections: Section[]): void {
  const name = fixedName(command, 8, 16);
  segments.push({
    type: LC_SEGMENT_64,
    executable: (command.readUInt32LE(60) & 4) !== 0,
    address: readU64(command, 24),
    offset: readU64(command, 40),
    size: readU64(command, 48),
  });
  const count = Math.min(command.readUInt32LE(64), Math.floor((command.length - 72) / SECTION));
  for (let i = 0; i < count; i++) {
    const at = 72 + i * SECTION;
    sections.push({
      name: `${name},${fixedName(command, at, 16)}`,
      type: command.readUInt32LE(at + 64) & 0xff,
      address: readU64(command, at + 32),
      size: readU64(command, at + 40),
      offset: command.readUInt32LE(at + 48),
    });
  }
}

/** The slices of a universal binary with the architecture of each; null where it isn't one. */
export async function readFatMachO(source: ByteSource): Promise<(Range & { machine: string })[] | null> {
  const header = await readExactly(source, 0, 8);
  if (header === null) return null;
  const magic = header.readUInt32BE(0);
  const count = header.readUInt32BE(4);
  if ((magic !== 0xcafebabe && magic !== 0xcafebabf) || count === 0 || count > SLICES) return null;
  const entry = magic === 0xcafebabe ? 20 : 32;
  const table = await readExactly(source, 8, entry * count);
  if (table === null) return null;
  return Array.from({ length: count }, (_, i) => {
    const at = i * entry;
    const machine = table.readUInt32BE(at);
    const wide = (offset: number) => table.readUInt32BE(offset) * 0x1_0000_0000 + table.readUInt32BE(offset + 4);
    return {
      machine: MACHINES[machine] ?? `machine ${machine}`,
      offset: entry === 20 ? table.readUInt32BE(at + 8) : wide(at + 8),
      size: entry === 20 ? table.readUInt32BE(at + 12) : wide(at + 16),
    };
  });
}
