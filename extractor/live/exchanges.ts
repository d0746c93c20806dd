import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import type { Duplex } from "node:stream";
import { type RawData, WebSocketServer } from "ws";
import { withoutEncoding } from "../capture/body/encodings.ts";
import type { Answer } from "../model/live-signature.ts";
import type { Answers, Reply } from "./answers.ts";
import { type Connection, hostOf } from "./connection.ts";
import type { Observation, SocketMessage } from "./har-entry.ts";
import { type Asked, filler } from "./placeholders.ts";

/** What is longer is answered all the same, and cut in the record. */
const MAX_BODY_BYTES = 32 << 20;
const MAX_SOCKET_MESSAGES = 10_000;

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** Answers requests and hands every one of them on, answered or not. */
export class Exchanges {
  readonly #answers: Answers;
  readonly #done: (observation: Observation) => void;
  readonly #open = new Set<Observation>();
  readonly #webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_BODY_BYTES });

  constructor(answers: Answers, done: (observation: Observation) => void) {
    this.#answers = answers;
    this.#done = done;
  }

  /** Requests under way and websockets that are still open. */
  get open(): number {
    return this.#open.size;
  }

  answer(request: AnyRequest, response: AnyResponse, scheme: "http" | "https", connection: Connection): void {
    const seen = this.#begin(request, scheme, connection);
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    const end = () => {
      seen.body = Buffer.concat(chunks);
      this.#finish(seen);
    };
    request.on("error", end);
    response.on("error", end);
    // Also where the program goes away before it has said everything.
    response.on("close", end);
    request.on("end", () => {
      seen.body = Buffer.concat(chunks);
      const asked = askedBy(seen);
      const reply = this.#answers.reply(this.#answers.find(asked, "http"), asked);
      seen.reply = reply;
      send(response, reply, seen.method);
    });
  }

  /** A request to change the protocol: websockets are accepted or refused as the answers say, everything else is refused. */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    scheme: "http" | "https",
    connection: Connection,
  ): void {
    const seen = this.#begin(request, scheme, connection);
    const asked = askedBy(seen);
    const answer = this.#answers.find(asked, "websocket");
    socket.on("error", () => socket.destroy());
    if (!/^websocket$/i.test(request.headers.upgrade ?? "") || (answer.websocket === undefined && refuses(answer))) {
      const reply = refuses(answer)
        ? this.#answers.reply(answer, asked)
        : { status: 426, headers: {}, body: Buffer.alloc(0) };
      seen.reply = reply;
      socket.end(
        `HTTP/1.1 ${reply.status} Refused\r\nconnection: close\r\ncontent-length: ${reply.body.length}\r\n\r\n${reply.body}`,
      );
      this.#finish(seen);
      return;
    }
    const messages: SocketMessage[] = [];
    Object.assign(seen, { messages, reply: { status: 101, headers: {}, body: Buffer.alloc(0) } });
    const note = (message: SocketMessage) => {
      if (messages.length < MAX_SOCKET_MESSAGES) messages.push(message);
    };
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on("error", () => webSocket.terminate());
      webSocket.on("close", () => this.#finish(seen));
      webSocket.on("message", (data, isBinary) => {
        note(message("send", data, isBinary));
        for (const text of repliesTo(answer, asked, String(data))) {
          note(message("receive", Buffer.from(text), false));
          webSocket.send(text);
        }
      });
    });
  }

  /** Hands on what never came to an end. */
  finish(): void {
    for (const seen of this.#open) this.#finish(seen);
  }

  #begin(request: AnyRequest, scheme: "http" | "https", connection: Connection): Observation {
    connection.requests++;
    const seen: Observation = {
      connection,
      method: request.method ?? "GET",
      url: requestedUrl(request, scheme, connection),
      version: `HTTP/${request.httpVersion}`,
      rawHeaders: request.rawHeaders,
      body: Buffer.alloc(0),
      started: Date.now(),
      reply: null,
      messages: null,
    };
    this.#open.add(seen);
    return seen;
  }

  #finish(seen: Observation): void {
    if (this.#open.delete(seen)) this.#done(seen);
  }
}

const refuses = ({ status = 200 }: Answer): boolean => status >= 300;

/** A proxy is asked for whole URLs; everybody else gives the host in a header, or only by where the connection leads. */
function requestedUrl(request: AnyRequest, scheme: "http" | "https", connection: Connection): string {
  const target = request.url ?? "/";
  if (/^[a-z]+:\/\//i.test(target)) return target;
  const said = request.headers.host ?? (request as Partial<Http2ServerRequest>).authority ?? "";
  const authority = said || hostOf(connection);
  const ownPort = scheme === "https" ? 443 : 80;
  const plain = authority.endsWith(`:${ownPort}`) ? authority.slice(0, authority.lastIndexOf(":")) : authority;
  const isNamed = connection.port === ownPort || connection.port === 0 || /:\d+$/.test(authority);
  return `${scheme}://${plain}${isNamed ? "" : `:${connection.port}`}${target.startsWith("/") ? target : `/${target}`}`;
}

function askedBy({ method, url, body, rawHeaders }: Observation): Asked {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: "", pathname: "/" };
  const encoding = rawHeaders.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === "content-encoding");
  return {
    method,
    host: hostname,
    path: pathname,
    body: decoded(body, encoding < 0 ? null : rawHeaders[encoding + 1]!),
  };
}

/** What does not unpack is asked about as it stands. */
function decoded(body: Buffer, encoding: string | null): Buffer {
  try {
    return withoutEncoding(body, encoding);
  } catch {
    return body;
  }
}

function send(response: AnyResponse, { status, headers, body }: Reply, method: string): void {
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  const length = bodiless ? {} : { "content-length": String(body.length) };
  (response as ServerResponse).writeHead(status, { ...headers, ...length });
  if (bodiless) response.end();
  else response.end(body);
}

function* repliesTo({ websocket }: Answer, asked: Asked, said: string): Generator<string> {
  const reply = websocket?.replies.find(({ match }) => new RegExp(match).test(said));
  if (reply === undefined) return;
  const fill = filler({ ...asked, body: Buffer.from(said) });
  for (const one of reply.send) {
    const filled = fill(one);
    yield typeof filled === "string" ? filled : JSON.stringify(filled);
  }
}

function message(type: SocketMessage["type"], data: RawData, isBinary: boolean): SocketMessage {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  const text = bytes.toString(isBinary ? "base64" : "utf8");
  return { type, time: Date.now() / 1000, opcode: isBinary ? 2 : 1, data: text };
}
