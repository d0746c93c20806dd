import type { Http2ServerRequest } from "node:http2";
import { type Connection, connectionHost } from "./connection.ts";
import { Held } from "./held.ts";
import type { Observation } from "./observation.ts";
import { type AnyRequest, type AnyResponse, MAX_BODY_BYTES, type Respondent, type Upgrade } from "./respondent.ts";

/** Of all requests under way. */
const MOST_HELD_BYTES = 512 << 20;

/** Has requests answered and hands every one of them on, answered or not. */
export class Exchanges {
  readonly #respondent: Respondent;
  readonly #done: (observation: Observation) => void;
  readonly #open = new Set<Observation>();
  readonly #held = new Held(MOST_HELD_BYTES);

  constructor(respondent: Respondent, done: (observation: Observation) => void) {
    this.#respondent = respondent;
    this.#done = done;
  }

  /** Requests under way and websockets that are still open. */
  get open(): number {
    return this.#open.size;
  }

  /** Requests of which the record holds a part only, since too many were under way. */
  get cut(): number {
    return this.#held.cut;
  }

  answer(request: AnyRequest, response: AnyResponse, scheme: "http" | "https", connection: Connection): void {
    const seen = this.#begin(request, scheme, connection);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      seen.bodyBytes += chunk.length;
      if (seen.bodyBytes <= MAX_BODY_BYTES && seen.share.take(chunk.length)) chunks.push(chunk);
    });
    const collect = () => {
      seen.body = Buffer.concat(chunks);
    };
    const end = () => {
      collect();
      this.#finish(seen);
    };
    request.on("error", end);
    response.on("error", end);
    // Also where the program goes away before it has said everything.
    response.on("close", end);
    request.on("end", collect);
    this.#respondent.respond(request, response, seen);
  }

  upgrade(asked: Upgrade, scheme: "http" | "https", connection: Connection): void {
    const seen = this.#begin(asked.request, scheme, connection);
    asked.socket.on("error", () => asked.socket.destroy());
    this.#respondent.upgrade(asked, seen, () => this.#finish(seen));
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
      bodyBytes: 0,
      started: Date.now(),
      reply: null,
      failure: null,
      messages: null,
      share: this.#held.share(),
    };
    this.#open.add(seen);
    return seen;
  }

  #finish(seen: Observation): void {
    if (!this.#open.delete(seen)) return;
    this.#done(seen);
    seen.share.release();
  }
}

/**
 * A proxy is asked for whole URLs; everybody else gives the host in a header, or only by where the connection leads.
 */
function requestedUrl(request: AnyRequest, scheme: "http" | "https", connection: Connection): string {
  const target = request.url ?? "/";
  if (/^[a-z]+:\/\//i.test(target)) return target;
  const said = request.headers.host ?? (request as Partial<Http2ServerRequest>).authority ?? "";
  const authority = said || connectionHost(connection);
  const ownPort = scheme === "https" ? 443 : 80;
  const plain = authority.endsWith(`:${ownPort}`) ? authority.slice(0, authority.lastIndexOf(":")) : authority;
  const isNamed = connection.port === ownPort || connection.port === 0 || /:\d+$/.test(authority);
  return `${scheme}://${plain}${isNamed ? "" : `:${connection.port}`}${target.startsWith("/") ? target : `/${target}`}`;
}
