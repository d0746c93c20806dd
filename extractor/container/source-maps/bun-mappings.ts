import { readU64 } from "../bytes.ts";

/** Fixed parts of the blob: its header, an entry for each window with the state it begins in, and a window's header. */
const HEADER = 32;
const ENTRY = 24;
const WINDOW_HEADER = 32;
const PER_WINDOW = 64;
const LINE_EXCEPTIONS = 4;
const SOURCE_CHANGES = 8;
const END = 0xff;

interface State {
  line: number;
  column: number;
  source: number;
  sourceLine: number;
  sourceColumn: number;
}

/**
 * Bun's binary mappings (windows of 64, as of Bun 1.4) as the `mappings` of a version 3 source map.
 * Null where the blob is something else or damaged.
 */
export function decodeBunMappings(blob: Buffer): string | null {
  if (blob.length < HEADER || readU64(blob, 0) !== blob.length) return null;
  const count = readU64(blob, 8);
  const windows = blob.readUInt32LE(24);
  const stream = blob.readUInt32LE(28);
  if (windows !== Math.ceil(count / PER_WINDOW) || stream < HEADER + windows * ENTRY || stream > blob.length)
    return null;
  const writer = new MappingsWriter();
  for (let i = 0; i < windows; i++) {
    const at = HEADER + i * ENTRY;
    const state: State = {
      line: blob.readInt32LE(at),
      column: blob.readInt32LE(at + 4),
      sourceLine: blob.readInt32LE(at + 12),
      sourceColumn: blob.readInt32LE(at + 16),
      source: blob.readInt32LE(at + 20),
    };
    const start = stream + blob.readUInt32LE(at + 8);
    if (!writer.write(state) || !readWindow(blob, start, state, writer)) return null;
  }
  return writer.count === count ? writer.text() : null;
}

/** Deltas of one window: columns for all, the rest only where it differs from what is usual. */
function readWindow(blob: Buffer, start: number, state: State, writer: MappingsWriter): boolean {
  if (start + WINDOW_HEADER > blob.length) return false;
  const count = blob[start]!;
  const flags = blob[start + 1]!;
  const isSet = (mask: number, i: number) => ((blob[mask + (i >> 3)]! >> (i & 7)) & 1) !== 0;
  const columns = new Varints(blob, start + WINDOW_HEADER);
  const sourceLines = new Varints(blob, columns.at + blob.readUInt16LE(start + 2));
  const sourceColumns = new Varints(blob, sourceLines.at + blob.readUInt16LE(start + 4));
  const rest = new Varints(blob, sourceColumns.at + blob.readUInt16LE(start + 6));
  const lineDeltas = new Map<number, number>();
  if ((flags & LINE_EXCEPTIONS) !== 0) {
    for (let i = rest.byte(); i !== END; i = rest.byte()) {
      if (i >= PER_WINDOW) return false;
      lineDeltas.set(i, rest.next());
    }
  }
  const sourceMask = (flags & SOURCE_CHANGES) === 0 ? null : rest.at;
  if (sourceMask !== null) rest.at += 8;
  for (let i = 0; i < count - 1; i++) {
    const lineDelta = isSet(start + 8, i) ? (lineDeltas.get(i) ?? 1) : 0;
    const columnDelta = columns.next();
    state.line += lineDelta;
    state.column = (lineDelta > 0 ? 0 : state.column) + columnDelta;
    state.sourceLine += isSet(start + 16, i) ? lineDelta : sourceLines.next();
    state.sourceColumn += isSet(start + 24, i) ? columnDelta : sourceColumns.next();
    if (sourceMask !== null && !isSet(sourceMask, i)) state.source += rest.next();
    if (!writer.write(state)) return false;
  }
  return true;
}

/** Zigzag numbers of seven bits a byte. Past the end there are zeros, and the end of every list. */
class Varints {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte(): number {
    return this.#bytes[this.at++] ?? END;
  }

  next(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return (value >>> 1) ^ -(value & 1);
  }
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** More lines or columns than a file has. */
const COORDINATE = 1 << 28;
const PIECE = 1 << 16;

/** Writes positions as base64 VLQ. */
class MappingsWriter {
  count = 0;
  #pieces: string[] = [];
  #piece = "";
  readonly #last: State = { line: 0, column: 0, source: 0, sourceLine: 0, sourceColumn: 0 };
  #isFirstInLine = true;

  /** False for a position that can't be one, or that goes backwards. */
  write(state: State): boolean {
    const last = this.#last;
    const { line, column, source, sourceLine, sourceColumn } = state;
    if (line < last.line || (line === last.line && column < last.column)) return false;
    for (const value of [column, source, sourceLine, sourceColumn]) if (value < 0 || value > COORDINATE) return false;
    if (line > last.line) {
      if (line - last.line > PIECE) return false;
      this.#piece += ";".repeat(line - last.line);
      last.line = line;
      last.column = 0;
      this.#isFirstInLine = true;
    }
    if (!this.#isFirstInLine) this.#piece += ",";
    this.#isFirstInLine = false;
    this.#number(column - last.column);
    this.#number(source - last.source);
    this.#number(sourceLine - last.sourceLine);
    this.#number(sourceColumn - last.sourceColumn);
    Object.assign(last, state);
    this.count++;
    if (this.#piece.length > PIECE) {
      this.#pieces.push(this.#piece);
      this.#piece = "";
    }
    return true;
  }

  text(): string {
    return this.#pieces.join("") + this.#piece;
  }

  #number(value: number): void {
    let rest = value < 0 ? (-value << 1) | 1 : value << 1;
    do {
      const digit = rest & 31;
      rest >>>= 5;
      this.#piece += DIGITS[rest > 0 ? digit | 32 : digit];
    } while (rest > 0);
  }
}
