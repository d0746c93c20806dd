import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Duplex } from "node:stream";
import type { RawData } from "ws";
import type { Observation, SocketMessage } from "./observation.ts";

/** What is longer is passed on and answered all the same, and cut in the record. Bytes. */
export const MAX_BODY_BYTES = 32 << 20;
const MESSAGE_BYTES = 200;

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** A request to change the protocol. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  /** What came behind the headers already. */
  head: Buffer;
}

/** Who speaks for the servers that a program asks; what is said goes into the observation too. */
export interface Respondent {
  /**
   * Called as soon as the request line and the headers are there; `seen.body` is complete at the end of the request.
   */
  respond(request: AnyRequest, response: AnyResponse, seen: Observation): void;
  /** @param done to be called when the socket is closed */
  upgrade(asked: Upgrade, seen: Observation, done: () => void): void;
}

export const asksForWebSocket = (request: IncomingMessage): boolean =>
  /^websocket$/i.test(request.headers.upgrade ?? "");

/** Takes a message of a websocket down. */
export function noteMessage(seen: Observation, type: SocketMessage["type"], data: RawData, isBinary: boolean): void {
  seen.messages ??= [];
  const length = Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength;
  // what it costs to keep one, however short
  if (!seen.share.take(length + MESSAGE_BYTES)) return;
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  const text = bytes.toString(isBinary ? "base64" : "utf8");
  seen.messages.push({ type, time: Date.now() / 1000, opcode: isBinary ? 2 : 1, data: text });
}

/** Says no to an upgrade, in HTTP/1's own words. */
export function refuse(socket: Duplex, { status, body }: { status: number; body: Buffer }): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
}
