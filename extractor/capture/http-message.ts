import { type Headers, toHeaders } from "./headers.ts";

/** An HTTP/1 message as it stood on the wire. */
export interface HttpMessage {
  /** `POST /v1 HTTP/1.1` or `HTTP/1.1 200 OK`. */
  firstLine: string;
  headers: Headers;
  body: Buffer;
}

/** Heads are longer than this in no program's request. */
const MAX_HEAD_BYTES = 1 << 20;

/** First line, headers and body; a message without a blank line is all head. */
export function parseHttpMessage(bytes: Buffer): HttpMessage {
  const { head, body } = cutHead(bytes);
  const [firstLine = "", ...lines] = head.split(/\r?\n/);
  return { firstLine, headers: toHeaders(namedHeaders(lines)), body };
}

/** `Name: value` lines; others are passed over. */
export function* namedHeaders(lines: readonly string[]): Generator<readonly [string, string]> {
  for (const line of lines) {
    const colon = line.indexOf(":", 1);
    if (colon > 0) yield [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  }
}

function cutHead(bytes: Buffer): { head: string; body: Buffer } {
  const start = bytes.subarray(0, MAX_HEAD_BYTES);
  const [crlf, lf] = [start.indexOf("\r\n\r\n"), start.indexOf("\n\n")];
  const isCrlf = crlf !== -1 && (lf === -1 || crlf < lf);
  const end = isCrlf ? crlf : lf;
  if (end === -1) return { head: start.toString("latin1"), body: Buffer.alloc(0) };
  return { head: start.toString("latin1", 0, end), body: bytes.subarray(end + (isCrlf ? 4 : 2)) };
}
