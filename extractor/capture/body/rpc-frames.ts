import { withoutEncoding } from "./encodings.ts";

/**
 * Messages of a Connect stream, gRPC or gRPC-web body: each a byte of flags, four of length (big endian) and that
 * many bytes. Flag 1 = compressed; 2 (Connect) and 128 (gRPC-web) mark the end of the stream, which is no message.
 * Null where it isn't so framed.
 */
export function rpcMessages(bytes: Buffer, encoding: string | null): Buffer[] | null {
  const messages: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 5 > bytes.length) return null;
    const flags = bytes[at]!;
    const length = bytes.readUInt32BE(at + 1);
    if (at + 5 + length > bytes.length || (flags & ~0x83) !== 0) return null;
    const message = bytes.subarray(at + 5, at + 5 + length);
    if ((flags & 0x82) === 0) messages.push(flags & 1 ? withoutEncoding(message, encoding ?? "gzip") : message);
    at += 5 + length;
  }
  return messages;
}
