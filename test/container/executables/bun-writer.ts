/** Writes the payload of a Bun standalone executable in every layout there was. */

export interface WrittenModule {
  name: string;
  contents: Buffer;
  sourceMap?: Buffer;
  bytecode?: Buffer;
  encoding?: 0 | 1 | 2;
  loader?: number;
}

export interface BunLayout {
  bun: string;
  record: 28 | 32 | 36 | 52;
  offsets: 24 | 32;
}

export const LAYOUTS: BunLayout[] = [
  { bun: "1.1.10 to 1.1.20", record: 32, offsets: 24 },
  { bun: "1.1.25 to 1.1.29", record: 28, offsets: 24 },
  { bun: "1.1.30 to 1.2.20", record: 36, offsets: 24 },
  { bun: "1.2.21 to 1.3.8", record: 36, offsets: 32 },
  { bun: "1.3.9 and later", record: 52, offsets: 32 },
];

export const TRAILER = Buffer.from("\n---- Bun! ----\n");

export interface BunOptions {
  entry?: number;
  /** Records chained behind the module table, as from 1.4.1 on. */
  chained?: Buffer;
  /** Changes the module table before it is written. */
  tamper?: (table: Buffer) => void;
}

/** `blob, Offsets, trailer`. */
export function bunPayload(layout: BunLayout, modules: WrittenModule[], options: BunOptions = {}): Buffer {
  const { entry = 0, chained = Buffer.alloc(0) } = options;
  const parts: Buffer[] = [];
  let size = 0;
  const place = (bytes: Buffer | undefined): [number, number] => {
    if (bytes === undefined || bytes.length === 0) return [0, 0];
    const offset = size;
    // Contents are followed by a zero byte.
    parts.push(bytes, Buffer.alloc(1));
    size += bytes.length + 1;
    return [offset, bytes.length];
  };
  const table = Buffer.alloc(modules.length * layout.record);
  const pointers = layout.record === 52 ? 6 : layout.record === 36 ? 4 : 3;
  modules.forEach((module, i) => {
    const fields = [Buffer.from(module.name), module.contents, module.sourceMap, module.bytecode, undefined, undefined];
    const at = i * layout.record;
    for (let p = 0; p < pointers; p++) {
      const [offset, length] = place(fields[p]);
      table.writeUInt32LE(offset, at + p * 8);
      table.writeUInt32LE(length, at + p * 8 + 4);
    }
    const tail = at + pointers * 8;
    if (layout.record === 32) table[tail] = module.loader ?? 1;
    else {
      table[tail] = module.encoding ?? 1;
      table[tail + 1] = module.loader ?? 1;
    }
  });
  options.tamper?.(table);
  const tableOffset = size;
  const blob = Buffer.concat([...parts, table, chained]);
  const offsets = Buffer.alloc(layout.offsets);
  offsets.writeBigUInt64LE(BigInt(blob.length), 0);
  offsets.writeUInt32LE(tableOffset, 8);
  offsets.writeUInt32LE(table.length, 12);
  offsets.writeUInt32LE(entry, 16);
  return Buffer.concat([blob, offsets, TRAILER]);
}

/** The payload behind its length, as sections hold it. */
export function bunSection(payload: Buffer, lengthBytes: 4 | 8 = 8): Buffer {
  const head = Buffer.alloc(lengthBytes);
  if (lengthBytes === 8) head.writeBigUInt64LE(BigInt(payload.length), 0);
  else head.writeUInt32LE(payload.length, 0);
  return Buffer.concat([head, payload]);
}

/** The payload behind an executable, followed by the size of it all. */
export function bunOverlay(executable: Buffer, payload: Buffer): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeBigUInt64LE(BigInt(executable.length + payload.length + 8), 0);
  return Buffer.concat([executable, payload, tail]);
}

/** Bun's source map blob around sources that are already zstd frames. */
export function bunSourceMap(sources: { name: string; packed: Buffer }[], mappings: Buffer): Buffer {
  const head = Buffer.alloc(8 + sources.length * 16);
  head.writeUInt32LE(sources.length, 0);
  head.writeUInt32LE(mappings.length, 4);
  let at = head.length + mappings.length;
  const payload: Buffer[] = [];
  const place = (bytes: Buffer, field: number) => {
    head.writeUInt32LE(at, field);
    head.writeUInt32LE(bytes.length, field + 4);
    payload.push(bytes);
    at += bytes.length;
  };
  sources.forEach(({ name }, i) => {
    place(Buffer.from(name), 8 + i * 8);
  });
  sources.forEach(({ packed }, i) => {
    place(packed, 8 + (sources.length + i) * 8);
  });
  return Buffer.concat([head, mappings, ...payload]);
}

/** A zstd frame of raw blocks: what any compressor may write, and no compressor is needed for. */
export function zstdFrame(content: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(0xfd2fb528, 0);
  head[4] = 0xa0; // single segment, four bytes of content size
  head.writeUInt32LE(content.length, 5);
  const parts: Buffer[] = [head];
  for (let at = 0; at === 0 || at < content.length; at += 0x1ffff) {
    const block = content.subarray(at, at + 0x1ffff);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (at + block.length >= content.length ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

export interface WrittenMapping {
  line: number;
  column: number;
  source: number;
  sourceLine: number;
  sourceColumn: number;
}

/** Bun's binary mappings: windows of 64, each with its first state in a table and the deltas of the others in lanes. */
export function bunMappings(mappings: WrittenMapping[]): Buffer {
  const entries: Buffer[] = [];
  const windows: Buffer[] = [];
  let offset = 0;
  for (let first = 0; first < mappings.length; first += 64) {
    const states = mappings.slice(first, first + 64);
    const { line, column, source, sourceLine, sourceColumn } = states[0]!;
    const entry = Buffer.alloc(24);
    [line, column, offset, sourceLine, sourceColumn, source].forEach((value, i) => {
      entry.writeInt32LE(value, i * 4);
    });
    const window = bunWindow(states);
    entries.push(entry);
    windows.push(window);
    offset += window.length;
  }
  const header = Buffer.alloc(32);
  const streamOffset = 32 + entries.length * 24;
  header.writeBigUInt64LE(BigInt(streamOffset + offset + 1), 0);
  header.writeBigUInt64LE(BigInt(mappings.length), 8);
  header.writeUInt32LE(entries.length, 24);
  header.writeUInt32LE(streamOffset, 28);
  return Buffer.concat([header, ...entries, ...windows, Buffer.alloc(1)]);
}

function bunWindow(states: WrittenMapping[]): Buffer {
  const header = Buffer.alloc(32);
  const sourceMask = Buffer.alloc(8);
  const lanes: Record<"column" | "line" | "sourceColumn" | "lines" | "sources", number[]> = {
    column: [],
    line: [],
    sourceColumn: [],
    lines: [],
    sources: [],
  };
  states.slice(1).forEach((state, i) => {
    const last = states[i]!;
    const lineDelta = state.line - last.line;
    const columnDelta = state.column - (lineDelta > 0 ? 0 : last.column);
    const mark = (mask: Buffer, at: number) => {
      mask[at + (i >> 3)]! |= 1 << (i & 7);
    };
    lanes.column.push(...varint(columnDelta));
    if (lineDelta > 0) mark(header, 8);
    if (lineDelta > 1) lanes.lines.push(i, ...varint(lineDelta));
    if (state.sourceLine - last.sourceLine === lineDelta) mark(header, 16);
    else lanes.line.push(...varint(state.sourceLine - last.sourceLine));
    if (state.sourceColumn - last.sourceColumn === columnDelta) mark(header, 24);
    else lanes.sourceColumn.push(...varint(state.sourceColumn - last.sourceColumn));
    if (state.source === last.source) mark(sourceMask, 0);
    else lanes.sources.push(...varint(state.source - last.source));
  });
  const hasLines = lanes.lines.length > 0;
  const hasSources = lanes.sources.length > 0;
  header[0] = states.length;
  header[1] = (hasLines ? 4 : 0) | (hasSources ? 8 : 0);
  header.writeUInt16LE(lanes.column.length, 2);
  header.writeUInt16LE(lanes.line.length, 4);
  header.writeUInt16LE(lanes.sourceColumn.length, 6);
  return Buffer.concat([
    header,
    Buffer.from([...lanes.column, ...lanes.line, ...lanes.sourceColumn]),
    Buffer.from(hasLines ? [...lanes.lines, 255] : []),
    hasSources ? Buffer.concat([sourceMask, Buffer.from(lanes.sources)]) : Buffer.alloc(0),
  ]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
}
