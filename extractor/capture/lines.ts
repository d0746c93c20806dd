/** One line of a capture: long enough for a request with its body. */
const MAX_LINE_BYTES = 64 << 20;

export interface Line {
  /** 1-based. */
  number: number;
  /** Offset of its first byte. */
  byte: number;
  /** Null where it was longer than the bound. */
  text: string | null;
}

/** Lines of a byte stream, without their ends. Memory is bounded by the longest line that is kept. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  let start = 0;
  let read = 0;
  const take = (): Line => {
    const text = length > MAX_LINE_BYTES ? null : Buffer.concat(parts).toString("utf8").replace(/\r$/, "");
    return { number, byte: start, text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, from);
      const piece = chunk.subarray(from, end === -1 ? chunk.length : end);
      length += piece.length;
      if (length <= MAX_LINE_BYTES) parts.push(piece);
      else parts = [];
      if (end === -1) break;
      yield take();
      parts = [];
      length = 0;
      number++;
      from = end + 1;
      start = read + from;
    }
    read += chunk.length;
  }
  if (length > 0) yield take();
}
