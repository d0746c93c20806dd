import { createServer, type IncomingMessage, type Server } from "node:http";
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
} from "node:http2";
import { isIP, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { parsedUrl } from "../../model/parsed-url.ts";
import { type Authority, certificateName } from "./authority.ts";
import { type Connection, connectionHost, newConnection } from "./connection.ts";
import type { Exchanges } from "./exchanges.ts";
import { Recent } from "./recent.ts";

const TLS_HANDSHAKE = 0x16;
const HTTPS_PORT = 443;
const ANY_NAMED = "";
const MAX_HEADER_BYTES = 1 << 20;
/** Kept for later greetings without a name. One that is let go serves its connections to their end. */
const MOST_SERVERS = 100;
/** Longer than most runs: who closes a connection early changes what the program does next. */
const KEEP_ALIVE_MS = 300_000;
/** A program that opens more at once has no use for them. */
const MOST_OPEN = 10_000;
const SOCKS_VERSIONS = new Set([0x04, 0x05]);

/**
 * Takes connections meant for any server and speaks what they speak: HTTP/1 and HTTP/2, plain or in TLS (with a
 * certificate for whatever name is asked for), websockets, and HTTP proxying. What is none of it is counted and left
 * without an answer.
 */
export class AnyHostServer {
  readonly #authority: Authority;
  readonly #exchanges: Exchanges;
  readonly #mostListed: number;
  readonly #connections: Connection[] = [];
  #beyond = 0;
  #refused = 0;
  /** Of open connections, by the program's port: HTTP and TLS servers hand out wrapped sockets. */
  readonly #byPort = new Map<number, Connection>();
  /** The same for sockets that have no port. */
  readonly #bySocket = new WeakMap<object, Connection>();
  readonly #sockets = new Set<Socket>();
  readonly #plain: Server;
  readonly #plainHttp2: Http2Server;
  /** By the name their certificate is made out to; one for all greetings that say a name. */
  readonly #secure = new Recent<Promise<Http2SecureServer>>(MOST_SERVERS);

  /** @param mostListed connections that are kept one by one; those after them are served, and counted */
  constructor(authority: Authority, exchanges: Exchanges, mostListed: number) {
    this.#mostListed = mostListed;
    this.#authority = authority;
    this.#exchanges = exchanges;
    this.#plain = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
    this.#plainHttp2 = createHttp2Server();
    this.#serve(this.#plain, "http");
    this.#serve(this.#plainHttp2, "http");
  }

  get connections(): readonly Connection[] {
    return this.#connections;
  }

  /** How many came that are not among them. */
  get beyond(): number {
    return this.#beyond;
  }

  /** How many were closed at once, since too many were open. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes over a socket that a program opened; `connection` says where it was meant to go. */
  accept(socket: Socket, connection: Connection): void {
    this.#list(connection);
    socket.on("error", () => socket.destroy());
    if (this.#sockets.size >= MOST_OPEN) {
      this.#refused++;
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    this.#dispatch(socket, connection);
  }

  /** Ends what is still open. */
  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #list(connection: Connection): void {
    if (this.#connections.length < this.#mostListed) this.#connections.push(connection);
    else this.#beyond++;
  }

  #dispatch(socket: Socket, connection: Connection): void {
    if (socket.remotePort !== undefined) this.#byPort.set(socket.remotePort, connection);
    else this.#bySocket.set(socket, connection);
    socket.once("readable", () => {
      const head = socket.read() as Buffer | null;
      if (head === null) return;
      socket.unshift(head);
      this.#recognise(head, socket, connection);
    });
  }

  #recognise(head: Buffer, socket: Socket, connection: Connection): void {
    if (head[0] === TLS_HANDSHAKE) {
      connection.protocol = "tls";
      connection.handshake = "started";
      const host = connectionHost(connection);
      // a greeting says the name as it is; whichever server hears it finds the certificate
      const name = head.includes(host) ? ANY_NAMED : certificateName(host);
      const server = this.#secure.of(name, () => this.#secureServer(host));
      void server.then((ready) => ready.emit("connection", socket));
    } else if (/^PRI \* HTTP\/2/.test(head.toString("latin1", 0, 16))) {
      connection.protocol = "http";
      this.#plainHttp2.emit("connection", socket);
    } else if (/^[A-Z]{3,20} \S/.test(head.toString("latin1", 0, 32))) {
      connection.protocol = "http";
      this.#plain.emit("connection", socket);
    } else {
      connection.protocol = SOCKS_VERSIONS.has(head[0]!) ? "socks" : "raw";
      socket.on("data", (chunk: Buffer) => {
        connection.rawBytes += chunk.length;
      });
    }
  }

  /**
   * Besides the one for greetings with a name, one server per certificate, since a greeting without a name can only
   * get the server's own.
   */
  async #secureServer(name: string): Promise<Http2SecureServer> {
    const server = createSecureServer({
      allowHTTP1: true,
      ...(await this.#authority.keysFor(name)),
      SNICallback: (asked, done) => {
        this.#authority.contextFor(asked || name).then(
          (context) => done(null, context),
          (error: Error) => done(error),
        );
      },
    });
    server.on("secureConnection", (socket: TLSSocket) => {
      const connection = this.#of(socket);
      if (connection === undefined) return;
      connection.handshake = "completed";
      if (typeof socket.servername === "string") connection.serverName = socket.servername;
      socket.on("error", () => socket.destroy());
    });
    server.on("tlsClientError", (error: NodeJS.ErrnoException, socket: TLSSocket) => {
      const connection = this.#of(socket);
      if (connection === undefined) return;
      connection.failure = error.code ?? error.message;
      if (typeof socket.servername === "string") connection.serverName = socket.servername;
    });
    this.#serve(server, "https");
    return server;
  }

  #serve(server: Server | Http2Server | Http2SecureServer, scheme: "http" | "https"): void {
    if ("keepAliveTimeout" in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
    const events = server as Server;
    events.on("request", (request: IncomingMessage, response) => {
      const connection = this.#of(request.socket);
      if (connection === undefined) response.destroy();
      else this.#exchanges.answer(request, response, scheme, connection);
    });
    events.on("upgrade", (request, socket, head) => {
      const connection = this.#of(request.socket);
      if (connection === undefined) socket.destroy();
      else this.#exchanges.upgrade({ request, socket, head }, scheme, connection);
    });
    events.on("connect", (request: IncomingMessage, socket: Socket) => {
      const connection = this.#of(request.socket);
      if (connection !== undefined) this.#tunnel(request, socket, connection);
    });
    events.on("clientError", (error: Error & { rawPacket?: Buffer }, socket) => {
      const connection = this.#of(socket as Socket);
      if (connection !== undefined && connection.requests === 0) connection.rawBytes += error.rawPacket?.length ?? 0;
      socket.destroy();
    });
    events.on("sessionError", () => undefined);
  }

  /** Inside a tunnel everything begins anew, for the host the program named. */
  #tunnel(request: IncomingMessage, socket: Socket, outer: Connection): void {
    const { hostname, port } = parsedUrl(`http://${request.url}`) ?? new URL("http://invalid");
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    const inner = newConnection({
      address: hostname,
      port: Number(port || HTTPS_PORT),
      name: isIP(hostname) === 0 ? hostname : null,
      sender: outer.sender,
      throughProxy: true,
    });
    outer.requests++;
    this.#list(inner);
    this.#dispatch(socket, inner);
  }

  #of(socket: Pick<Socket, "remotePort">): Connection | undefined {
    return socket.remotePort === undefined ? this.#bySocket.get(socket) : this.#byPort.get(socket.remotePort);
  }
}
