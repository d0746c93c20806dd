/** Protocol Buffers wire format, without a schema: enough to read names out of known messages. */
export type WireField =
  | { number: number; type: "bytes"; value: Buffer }
  | { number: number; type: "varint"; value: bigint }
  | { number: number; type: "fixed64" | "fixed32"; value: Buffer };

/** Null where the bytes aren't a message. */
export function readMessage(bytes: Buffer): WireField[] | null {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint | null => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return null;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return null;
  };
  const take = (length: number): Buffer | null => {
    if (length > bytes.length - at) return null;
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === null || tag >> 3n === 0n || tag > 0xffffffffn) return null;
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (wire === 0) {
      const value = varint();
      if (value === null) return null;
      fields.push({ number, type: "varint", value });
      continue;
    }
    const length = wire === 2 ? varint() : wire === 1 ? 8n : wire === 5 ? 4n : null;
    const value = length === null ? null : take(Number(length));
    if (value === null) return null;
    fields.push({ number, type: wire === 2 ? "bytes" : wire === 1 ? "fixed64" : "fixed32", value });
  }
  return fields;
}

/** Every occurrence of a message, string or bytes field. */
export const bytesOf = (fields: WireField[], number: number): Buffer[] =>
  fields.flatMap((field) => (field.number === number && field.type === "bytes" ? [field.value] : []));

/** Every occurrence of a sub-message; null where one of them isn't a message. */
export function messagesOf(fields: WireField[], number: number): WireField[][] | null {
  const messages: WireField[][] = [];
  for (const bytes of bytesOf(fields, number)) {
    const message = readMessage(bytes);
    if (message === null) return null;
    messages.push(message);
  }
  return messages;
}
