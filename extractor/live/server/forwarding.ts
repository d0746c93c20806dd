import { type ClientRequest, type IncomingMessage, request as plainRequest, type ServerResponse } from "node:http";
import { request as secureRequest } from "node:https";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import type { Connection } from "./connection.ts";
import type { Observation } from "./observation.ts";
import {
  type AnyRequest,
  type AnyResponse,
  asksForWebSocket,
  MAX_BODY_BYTES,
  noteMessage,
  type Respondent,
  refuse,
  type Upgrade,
} from "./respondent.ts";
import type { WayOut } from "./upstream.ts";

/** Of one connection, not of a message: what stands in the way of passing it on. */
const HOP_BY_HOP = new Set([
  ...["connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"],
  ...["te", "trailer", "transfer-encoding", "upgrade", "expect", "http2-settings"],
]);
/** Of a websocket's greeting; our own client says these anew. */
const GREETING = /^sec-websocket-(key|version|extensions|protocol)$/;
const NO_STATUS = 1005;
const HIGHEST_OWN_CODE = 4999;

/** Passes requests on to the servers they are meant for, and what these say back to the program. */
export class Forwarding implements Respondent {
  readonly #way: WayOut;

  constructor(way: WayOut) {
    this.#way = way;
  }

  respond(request: AnyRequest, response: AnyResponse, seen: Observation): void {
    const target = targetOf(request, seen);
    if (target === null) {
      seen.failure = "asked of the recording itself";
      response.destroy();
      return;
    }
    const upstream = this.#ask(target, request, seen);
    const fail = (error: NodeJS.ErrnoException) => {
      seen.failure ??= error.code ?? error.message;
      response.destroy();
    };
    upstream.on("error", fail);
    response.on("close", () => upstream.destroy());
    upstream.on("response", (answer) => {
      noteAnswer(seen, answer);
      answer.on("error", fail);
      (response as ServerResponse).writeHead(answer.statusCode ?? 502, grouped(endToEnd(answer.rawHeaders)));
      answer.pipe(response as ServerResponse);
    });
    request.pipe(upstream);
  }

  upgrade({ request, socket, head }: Upgrade, seen: Observation, done: () => void): void {
    const target = targetOf(request, seen);
    if (target === null || !asksForWebSocket(request)) {
      seen.reply = { status: 426, headers: {}, body: Buffer.alloc(0) };
      refuse(socket, seen.reply);
      done();
      return;
    }
    const protocols = request.headers["sec-websocket-protocol"]?.split(/\s*,\s*/) ?? [];
    const upstream = new WebSocket(
      `${target.secure ? "wss" : "ws"}://${target.host}:${target.port}${target.path}`,
      protocols,
      {
        headers: grouped(endToEnd(request.rawHeaders).filter(([name]) => !GREETING.test(name.toLowerCase()))),
        ...this.#way.options(target),
        maxPayload: MAX_BODY_BYTES,
      },
    );
    const fail = (error: NodeJS.ErrnoException) => {
      seen.failure ??= error.code ?? error.message;
      socket.destroy();
      done();
    };
    upstream.on("error", fail);
    socket.on("close", done);
    upstream.on("unexpected-response", (asked: ClientRequest, answer: IncomingMessage) => {
      const reply = noteAnswer(seen, answer);
      answer.on("end", () => {
        asked.destroy();
        refuse(socket, reply);
        done();
      });
    });
    upstream.on("open", () => {
      seen.reply = { status: 101, headers: {}, body: Buffer.alloc(0) };
      seen.messages = [];
      const own = new WebSocketServer({
        noServer: true,
        maxPayload: MAX_BODY_BYTES,
        handleProtocols: () => upstream.protocol || false,
      });
      own.handleUpgrade(request, socket, head, (webSocket) => {
        relay(webSocket, upstream, (data, isBinary) => noteMessage(seen, "send", data, isBinary));
        relay(upstream, webSocket, (data, isBinary) => noteMessage(seen, "receive", data, isBinary));
      });
    });
  }

  #ask(target: UpstreamTarget, { rawHeaders, headers }: AnyRequest, { method }: Observation): ClientRequest {
    const sent = endToEnd(rawHeaders);
    // HTTP/2 has the host in the request line
    const host = headers.host === undefined ? [["Host", hostHeader(target)] as const] : [];
    const chunked = headers["transfer-encoding"] === undefined ? [] : [["Transfer-Encoding", "chunked"] as const];
    return (target.secure ? secureRequest : plainRequest)({
      method,
      path: target.path,
      headers: [...host, ...sent, ...chunked].flat(),
      ...this.#way.options(target),
    });
  }
}

export interface UpstreamTarget {
  secure: boolean;
  host: string;
  port: number;
  path: string;
}

/**
 * Where the program wanted to go, whatever the Host header says; null where it spoke to the proxy as if that were a
 * server.
 */
function targetOf(request: AnyRequest, { url, connection }: Observation): UpstreamTarget | null {
  const asked = request.url ?? "/";
  if (/^https?:\/\//i.test(asked)) {
    const { protocol, hostname, port } = new URL(asked);
    const secure = protocol === "https:";
    return { secure, host: hostname, port: Number(port) || (secure ? 443 : 80), path: pathOf(asked) };
  }
  if (connection.name === OWN_NAME) return null;
  return { secure: /^https:/i.test(url), host: bracketed(connection), port: connection.port, path: asked };
}

/** How connections to the proxy itself are called. */
export const OWN_NAME = "proxy";

const bracketed = ({ name, address }: Connection): string => name ?? (address.includes(":") ? `[${address}]` : address);

const pathOf = (url: string): string => url.replace(/^\w+:\/\/[^/?#]*/, "").replace(/^(?!\/)/, "/");

const hostHeader = ({ secure, host, port }: UpstreamTarget): string =>
  port === (secure ? 443 : 80) ? host : `${host}:${port}`;

/** Pairs of name and value, without HTTP/2's own and what belongs to a connection. */
function endToEnd(raw: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2)
    if (!raw[i]!.startsWith(":") && !HOP_BY_HOP.has(raw[i]!.toLowerCase())) pairs.push([raw[i]!, raw[i + 1]!]);
  return pairs;
}

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of pairs)
    headers[name] = headers[name] === undefined ? value : [headers[name], value].flat();
  return headers;
}

/** Takes an answer down while it passes: an answer that never ends is recorded as far as it came. */
function noteAnswer(seen: Observation, answer: IncomingMessage): { status: number; body: Buffer } {
  const chunks: Buffer[] = [];
  let bytes = 0;
  answer.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  const reply = {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(endToEnd(answer.rawHeaders).map(([name, value]) => [name.toLowerCase(), value])),
    get body() {
      return Buffer.concat(chunks);
    },
  };
  seen.reply = reply;
  return reply;
}

function relay(from: WebSocket, to: WebSocket, note: (data: RawData, isBinary: boolean) => void): void {
  from.on("message", (data, isBinary) => {
    note(data, isBinary);
    to.send(data, { binary: isBinary });
  });
  from.on("error", () => to.terminate());
  from.on("close", (code, reason) => {
    if (code === NO_STATUS) to.close();
    else if (code < NO_STATUS || (code >= 3000 && code <= HIGHEST_OWN_CODE)) to.close(code, reason);
    else to.terminate();
  });
}
