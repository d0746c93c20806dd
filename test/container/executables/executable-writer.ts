/** Writes small executables with the headers our readers look at, and nothing that could run. */

export interface WrittenSection {
  name: string;
  bytes: Buffer;
  address?: number;
  /** ELF type; 1 is program data. */
  type?: number;
  isCode?: boolean;
}

export interface WrittenNote {
  name: string;
  bytes: Buffer;
}

/** A piece of the file, and where it is mapped. */
interface Mapped {
  type: number;
  address: number;
  offset: number;
  size: number;
}

const aligned = (size: number, to: number): number => Math.ceil(size / to) * to;

/** A 64-bit ELF file. A section with an address is mapped there. Notes go into one PT_NOTE segment. */
export function elf(options: { sections?: WrittenSection[]; notes?: WrittenNote[]; machine?: number } = {}): Buffer {
  const { sections = [], notes = [], machine = 62 } = options;
  const segments = sections.filter((s) => s.isCode).length + (notes.length > 0 ? 1 : 0);
  let at = aligned(64 + segments * 56, 16);
  const placed = sections.map((section) => {
    const offset = at;
    at = aligned(at + section.bytes.length, 16);
    return { ...section, offset };
  });
  const noteBytes = Buffer.concat(notes.map(elfNote));
  const noteOffset = at;
  at = aligned(at + noteBytes.length, 16);
  const names = ["", ...sections.map((s) => s.name), ".shstrtab"];
  const nameOffsets: number[] = [];
  let table = "";
  for (const name of names) {
    nameOffsets.push(table.length);
    table += `${name}\0`;
  }
  const tableOffset = at;
  const headers = aligned(at + table.length, 16);
  const file = Buffer.alloc(headers + names.length * 64);
  file.write("\x7fELF\x02\x01\x01", "latin1");
  file.writeUInt16LE(3, 16);
  file.writeUInt16LE(machine, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeBigUInt64LE(BigInt(headers), 40);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(segments, 56);
  file.writeUInt16LE(64, 58);
  file.writeUInt16LE(names.length, 60);
  file.writeUInt16LE(names.length - 1, 62);
  const segment = (index: number, { type, flags, offset, size, address }: Mapped & { flags: number }) => {
    const p = 64 + index * 56;
    file.writeUInt32LE(type, p);
    file.writeUInt32LE(flags, p + 4);
    file.writeBigUInt64LE(BigInt(offset), p + 8);
    file.writeBigUInt64LE(BigInt(address), p + 16);
    file.writeBigUInt64LE(BigInt(size), p + 32);
  };
  const header = (index: number, { type, address, offset, size }: Mapped) => {
    const p = headers + index * 64;
    file.writeUInt32LE(nameOffsets[index]!, p);
    file.writeUInt32LE(type, p + 4);
    file.writeBigUInt64LE(BigInt(address), p + 16);
    file.writeBigUInt64LE(BigInt(offset), p + 24);
    file.writeBigUInt64LE(BigInt(size), p + 32);
  };
  let index = 0;
  placed.forEach((section, i) => {
    section.bytes.copy(file, section.offset);
    const { type = 1, address = 0, offset, bytes } = section;
    header(i + 1, { type, address, offset, size: bytes.length });
    if (section.isCode) segment(index++, { type: 1, flags: 5, offset, size: bytes.length, address });
  });
  noteBytes.copy(file, noteOffset);
  if (notes.length > 0) segment(index, { type: 4, flags: 4, offset: noteOffset, size: noteBytes.length, address: 0 });
  file.write(table, tableOffset, "latin1");
  header(names.length - 1, { type: 3, address: 0, offset: tableOffset, size: table.length });
  return file;
}

function elfNote({ name, bytes }: WrittenNote): Buffer {
  const nameSize = name.length + 1;
  const note = Buffer.alloc(12 + aligned(nameSize, 4) + aligned(bytes.length, 4));
  note.writeUInt32LE(nameSize, 0);
  note.writeUInt32LE(bytes.length, 4);
  note.write(name, 12, "latin1");
  bytes.copy(note, 12 + aligned(nameSize, 4));
  return note;
}

/** A 64-bit Mach-O file; sections are named `__SEGMENT,__section`. */
export function machO(sections: WrittenSection[], machine = 0x0100000c): Buffer {
  const commands = sections.length * 152;
  let at = aligned(32 + commands, 16);
  const parts: Buffer[] = [];
  const head = Buffer.alloc(at);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(machine, 4);
  head.writeUInt32LE(sections.length, 16);
  head.writeUInt32LE(commands, 20);
  sections.forEach((section, i) => {
    const [segmentName = "", sectionName = ""] = section.name.split(",");
    const p = 32 + i * 152;
    head.writeUInt32LE(0x19, p);
    head.writeUInt32LE(152, p + 4);
    head.write(segmentName, p + 8, "latin1");
    head.writeBigUInt64LE(BigInt(at), p + 40);
    head.writeBigUInt64LE(BigInt(section.bytes.length), p + 48);
    head.writeUInt32LE(1, p + 64);
    head.write(sectionName, p + 72, "latin1");
    head.write(segmentName, p + 88, "latin1");
    head.writeBigUInt64LE(BigInt(section.bytes.length), p + 112);
    head.writeUInt32LE(at, p + 120);
    const padded = Buffer.alloc(aligned(section.bytes.length, 16));
    section.bytes.copy(padded);
    parts.push(padded);
    at += padded.length;
  });
  return Buffer.concat([head, ...parts]);
}

/** A universal binary of thin ones. */
export function fatMachO(slices: { machine: number; bytes: Buffer }[]): Buffer {
  const head = Buffer.alloc(4096);
  head.writeUInt32BE(0xcafebabe, 0);
  head.writeUInt32BE(slices.length, 4);
  let at = head.length;
  slices.forEach(({ machine, bytes }, i) => {
    head.writeUInt32BE(machine, 8 + i * 20);
    head.writeUInt32BE(at, 16 + i * 20);
    head.writeUInt32BE(bytes.length, 20 + i * 20);
    at += bytes.length;
  });
  return Buffer.concat([head, ...slices.map((s) => s.bytes)]);
}

/** A PE32+ file; sections are padded to 512 bytes. */
export function pe(sections: WrittenSection[], machine = 0x8664): Buffer {
  const optional = 112;
  const head = Buffer.alloc(aligned(64 + 24 + optional + sections.length * 40, 512));
  head.write("MZ", 0, "latin1");
  head.writeUInt32LE(64, 60);
  head.write("PE\0\0", 64, "latin1");
  head.writeUInt16LE(machine, 68);
  head.writeUInt16LE(sections.length, 70);
  head.writeUInt16LE(optional, 84);
  let at = head.length;
  const parts = sections.map((section, i) => {
    const size = aligned(section.bytes.length, 512);
    const p = 64 + 24 + optional + i * 40;
    head.write(section.name, p, "latin1");
    head.writeUInt32LE(section.address ?? 0x1000 * (i + 1), p + 12);
    head.writeUInt32LE(size, p + 16);
    head.writeUInt32LE(at, p + 20);
    head.writeUInt32LE(section.isCode ? 0x20 : 0, p + 36);
    at += size;
    const padded = Buffer.alloc(size);
    section.bytes.copy(padded);
    return padded;
  });
  return Buffer.concat([head, ...parts]);
}

/** `.rsrc` at `address` with one named resource below a type, in one language. */
export function resources(name: string, bytes: Buffer, address: number): Buffer {
  const section = Buffer.alloc(512 + bytes.length);
  const directory = (at: number, named: boolean, id: number, target: number) => {
    section.writeUInt16LE(named ? 1 : 0, at + 12);
    section.writeUInt16LE(named ? 0 : 1, at + 14);
    section.writeUInt32LE(id, at + 16);
    section.writeUInt32LE(target, at + 20);
  };
  directory(0, false, 10, 0x8000_0000 + 24);
  directory(24, true, 0x8000_0000 + 128, 0x8000_0000 + 48);
  directory(48, false, 1033, 96);
  section.writeUInt32LE(address + 512, 96);
  section.writeUInt32LE(bytes.length, 100);
  section.writeUInt16LE(name.length, 128);
  section.write(name, 130, "utf16le");
  bytes.copy(section, 512);
  return section;
}
