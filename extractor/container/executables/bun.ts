import { type ByteSource, findBackwards, readExactly, readU64 } from "../bytes.ts";
import { type Executable, type Range, section } from "./executable.ts";

/** The module table of a Bun standalone executable. All ranges are positions in the binary. */
export interface BunProgram {
  modules: BunModule[];
  /** Index of the module that runs first. */
  entry: number;
  /** Bytes of the blob: distinct contents can't add up to more. */
  size: number;
}

export interface BunModule {
  /** Absolute virtual path as chunks import it: `/$bunfs/root/…`, `B:/~BUN/root/…`. */
  name: string;
  contents: Range;
  sourceMap: Range;
  bytecode: Range;
  encoding: "utf8" | "utf16le";
  /** Bun's loader number; 0 to 3 are JavaScript and TypeScript in every version. */
  loader: number;
}

const TRAILER = Buffer.from("\n---- Bun! ----\n");
const VIRTUAL_ROOT = /^(?:\/\$bunfs\/|[A-Za-z]:[/\\]~BUN[/\\])/;
const OFFSETS = [32, 24] as const;
const MODULES = 500_000;
const NAME_BYTES = 4096;

/** One row per layout of a module record: where the bytes behind the string pointers stand. Tried in this order. */
const RECORDS = [
  { size: 52, bytecode: 24, encoding: 48, loader: 49 }, // 1.3.9 and later: six pointers
  { size: 36, bytecode: 24, encoding: 32, loader: 33 }, // 1.1.30 to 1.3.8: four
  { size: 32, bytecode: null, encoding: null, loader: 24 }, // up to 1.1.20: three, no encoding
  { size: 28, bytecode: null, encoding: 24, loader: 25 }, // 1.1.25 to 1.1.29: three
] as const;

/**
 * Finds the program in a Bun standalone executable. Null where there is none; `corrupt` where its mark stands in the
 * place for it but no layout fits.
 */
export async function findBunProgram(
  source: ByteSource,
  executable: Executable,
): Promise<BunProgram | "corrupt" | null> {
  const expected = await expectedTrailers(source, executable);
  for (const at of expected) {
    const program = await readProgram(source, at);
    if (program !== null) return program;
  }
  if (expected.length > 0) return "corrupt";
  // Something was appended after the program. Bun's own code holds the mark too, so a hit alone proves nothing.
  for (const at of await findBackwards(source, TRAILER, 4)) {
    const program = await readProgram(source, at);
    if (program !== null) return program;
  }
  return null;
}

/**
 * Where the trailer stands in the section form (`length, payload`) and in the overlay form (`…trailer, u64` or bare).
 */
async function expectedTrailers(source: ByteSource, executable: Executable): Promise<number[]> {
  const ends: number[] = [];
  const own = section(executable, ".bun", source.size) ?? section(executable, "__BUN,__bun", source.size);
  if (own !== null) {
    const head = await readExactly(source, own.offset, 8);
    if (head !== null) ends.push(own.offset + 8 + readU64(head, 0), own.offset + 4 + head.readUInt32LE(0));
  }
  ends.push(source.size - 8, source.size);
  const trailers: number[] = [];
  for (const end of ends) {
    const at = end - TRAILER.length;
    if ((await readExactly(source, at, TRAILER.length))?.equals(TRAILER)) trailers.push(at);
  }
  return trailers;
}

async function readProgram(source: ByteSource, trailer: number): Promise<BunProgram | null> {
  for (const offsetsSize of OFFSETS) {
    const offsets = await readExactly(source, trailer - offsetsSize, offsetsSize);
    if (offsets === null) continue;
    const size = readU64(offsets, 0);
    const base = trailer - offsetsSize - size;
    const table = { offset: offsets.readUInt32LE(8), size: offsets.readUInt32LE(12) };
    if (base < 0 || table.size === 0 || table.offset + table.size > size) continue;
    for (const record of RECORDS) {
      const count = table.size / record.size;
      const entry = offsets.readUInt32LE(16);
      if (!Number.isInteger(count) || count > MODULES || entry >= count) continue;
      const bytes = await readExactly(source, base + table.offset, table.size);
      if (bytes === null || !pointersFit(bytes, record, size)) continue;
      const modulesTable: ModuleTable = { source, base, bytes };
      if (!(await namesFit(modulesTable, record.size))) continue;
      const modules: BunModule[] = [];
      for (let i = 0; i < count; i++) modules.push(await readModule(modulesTable, i * record.size, record));
      return { modules, entry, size };
    }
  }
  return null;
}

/** One record for each module; what it points at is counted from `base`. */
interface ModuleTable {
  source: ByteSource;
  base: number;
  bytes: Buffer;
}

type RecordLayout = (typeof RECORDS)[number];

const pointers = (record: RecordLayout) => (record.size === 52 ? 6 : record.size === 36 ? 4 : 3);

/** Divisibility alone would take a table of 13 records of 36 bytes for 9 of 52. */
function pointersFit(table: Buffer, record: RecordLayout, size: number): boolean {
  for (let at = 0; at < table.length; at += record.size)
    for (let p = 0; p < pointers(record); p++) {
      const length = table.readUInt32LE(at + p * 8 + 4);
      if (length > 0 && table.readUInt32LE(at + p * 8) + length > size) return false;
    }
  return true;
}

/**
 * Small tables fit by their pointers in a wrong layout as well; from the second record on its names are something
 * else.
 */
async function namesFit(table: ModuleTable, record: number): Promise<boolean> {
  const last = table.bytes.length - record;
  for (const at of new Set([0, Math.min(record, last), last]))
    if (!VIRTUAL_ROOT.test(await readName(table, at))) return false;
  return true;
}

async function readName({ source, base, bytes }: ModuleTable, at: number): Promise<string> {
  const length = Math.min(bytes.readUInt32LE(at + 4), NAME_BYTES);
  return (await source.read(base + bytes.readUInt32LE(at), length)).toString("utf8");
}

async function readModule(table: ModuleTable, at: number, record: RecordLayout): Promise<BunModule> {
  const { base, bytes } = table;
  const range = (field: number) => ({
    offset: base + bytes.readUInt32LE(at + field),
    size: bytes.readUInt32LE(at + field + 4),
  });
  return {
    name: await readName(table, at),
    contents: range(8),
    sourceMap: range(16),
    bytecode: record.bytecode === null ? { offset: 0, size: 0 } : range(record.bytecode),
    encoding: record.encoding !== null && bytes[at + record.encoding] === 2 ? "utf16le" : "utf8",
    loader: bytes[at + record.loader] ?? 0,
  };
}
