/** One line of a capture: long enough for a request with its body. */
const MAX_LINE_BYTES = 64 << 20;

const RETURN = 0x0d;

export interface Line {
  /** 1-based. */
  number: number;
  /** Offset of its first byte. */
  byte: number;
  /** Null where it was longer than the bound. */
  text: string | null;
}

/**
 * Lines of a byte stream, without their ends, those of a chunk together: handing on each alone takes longer than
 * reading it. Memory is bounded by a chunk and the longest line that is kept.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let parts: Buffer[] = [];
  let length = 0;
  let number = 1;
  let start = 0;
  let read = 0;
  const take = (): Line => {
    if (length > MAX_LINE_BYTES) return { number, byte: start, text: null };
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    const end = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
    return { number, byte: start, text: bytes.toString("utf8", 0, end) };
  };
  for await (const bytes of chunks) {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const lines: Line[] = [];
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, from);
      const piece = chunk.subarray(from, end === -1 ? chunk.length : end);
      length += piece.length;
      if (length <= MAX_LINE_BYTES) parts.push(piece);
      else parts = [];
      if (end === -1) break;
      lines.push(take());
      parts = [];
      length = 0;
      number++;
      from = end + 1;
      start = read + from;
    }
    read += chunk.length;
    yield lines;
  }
  if (length > 0) yield [take()];
}
