export type TwoByteOrder = "utf-16le" | "utf-16be";

/**
 * UTF-16, as PowerShell's `>` writes every file: by its byte order mark, or by a first character of ASCII. Null for
 * all else.
 */
export function twoByteOrder(sample: Buffer): TwoByteOrder | null {
  const [first, second, third, fourth] = sample;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (isText(first) && second === 0 && isText(third) && fourth === 0) return "utf-16le";
  return first === 0 && isText(second) && third === 0 && isText(fourth) ? "utf-16be" : null;
}

const isText = (byte: number | undefined): boolean =>
  byte !== undefined && (byte >= 0x20 || byte === 0x0a || byte === 0x0d);

export async function* utf8Chunks(chunks: AsyncIterable<Buffer>, order: TwoByteOrder): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(order);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
