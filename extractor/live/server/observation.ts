import type { Connection } from "./connection.ts";
import type { Share } from "./held.ts";

/** A request as it was read, and what was said to it. */
export interface Observation {
  connection: Connection;
  method: string;
  url: string;
  /** `HTTP/1.1`, `HTTP/2.0` */
  version: string;
  /** Names and values in turn, as received. */
  rawHeaders: readonly string[];
  body: Buffer;
  /** Bytes that came, more than `body` holds where it was cut. */
  bodyBytes: number;
  started: number;
  reply: { status: number; headers: Record<string, string>; body: Buffer } | null;
  /** Why there is no reply. */
  failure: string | null;
  /** Of a websocket. */
  messages: SocketMessage[] | null;
  /** Of the memory of all requests under way. */
  share: Share;
}

export interface SocketMessage {
  type: "send" | "receive";
  /** Seconds since the epoch. */
  time: number;
  /** 1 text, 2 binary (then `data` is base64). */
  opcode: 1 | 2;
  data: string;
}

interface NameValue {
  name: string;
  value: string;
}

/**
 * An entry of HAR 1.2. Bodies stand as they were on the wire, in base64 where they are no text; members with `_` are
 * our own.
 */
export function harEntry({ connection, ...seen }: Observation): object {
  const headers = pairs(seen.rawHeaders);
  const { reply, messages } = seen;
  const query = seen.url.includes("?") ? [...new URLSearchParams(seen.url.slice(seen.url.indexOf("?") + 1))] : [];
  return {
    startedDateTime: new Date(seen.started).toISOString(),
    time: Date.now() - seen.started,
    request: {
      method: seen.method,
      url: seen.url,
      httpVersion: seen.version,
      cookies: [],
      headers,
      queryString: query.map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: seen.bodyBytes,
      ...(seen.body.length === 0 ? {} : { postData: postData(seen.body, headers) }),
    },
    response: {
      status: reply?.status ?? 0,
      statusText: "",
      httpVersion: seen.version,
      cookies: [],
      headers: Object.entries(reply?.headers ?? {}).map(([name, value]) => ({ name, value })),
      content: {
        size: reply?.body.length ?? 0,
        mimeType: reply?.headers["content-type"] ?? "x-unknown",
        text: reply?.body.toString("utf8") ?? "",
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: reply?.body.length ?? -1,
      ...(seen.failure === null ? {} : { _error: seen.failure }),
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    serverIPAddress: connection.address,
    ...(connection.sender === null ? {} : { _clientName: connection.sender.name, _pid: connection.sender.pid }),
    ...(messages === null ? {} : { _resourceType: "websocket", _webSocketMessages: messages }),
  };
}

function pairs(raw: readonly string[]): NameValue[] {
  const list: NameValue[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    // HTTP/2's own: they repeat the request line
    if (!raw[i]!.startsWith(":")) list.push({ name: raw[i]!, value: raw[i + 1]! });
  }
  return list;
}

function postData(body: Buffer, headers: NameValue[]): object {
  const mimeType = headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  const text = body.toString("utf8");
  return Buffer.from(text).equals(body)
    ? { mimeType, text }
    : { mimeType, text: body.toString("base64"), _encoding: "base64" };
}
