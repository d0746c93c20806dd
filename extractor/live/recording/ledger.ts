import { isIP } from "node:net";
import type { LiveConnection, LiveRequest, TrustFailure } from "../../model/live-run.ts";
import { parsedUrl } from "../../model/parsed-url.ts";
import { type Connection, connectionHost } from "../server/connection.ts";
import type { Observation } from "../server/observation.ts";
import { MOST_LISTED } from "./beyond.ts";

/** Plain URLs to the machine itself are no news. */
const LOOPBACK = /^(localhost|127\.|\[::1\])/;

const MOST_LATEST = 3;

/** Counts what was seen, alike things together. */
export class Ledger {
  readonly #requests = new Map<string, LiveRequest>();
  /** What was asked for last, in its order. */
  readonly #latest = new Set<string>();
  #count = 0;
  #beyond = 0;

  add(seen: Observation): void {
    const { connection } = seen;
    const url = seen.url.replace(/[?#].*$/s, "");
    const process = connection.sender?.name ?? null;
    const method = seen.messages === null ? seen.method : "WS";
    const key = JSON.stringify([method, url, process]);
    this.#count++;
    const asked = `${method} ${url} (${seen.reply?.status ?? "no answer"})`;
    this.#latest.delete(asked);
    this.#latest.add(asked);
    if (this.#latest.size > MOST_LATEST) this.#latest.delete([...this.#latest][0]!);
    const known = this.#requests.get(key);
    if (known === undefined && this.#requests.size >= MOST_LISTED) {
      this.#beyond++;
      return;
    }
    const row = known ?? { method, url, process, count: 0, statuses: [], marks: [] };
    row.count++;
    const status = seen.reply?.status ?? 0;
    if (!row.statuses.includes(status)) row.statuses.push(status);
    for (const mark of marksOf(seen)) if (!row.marks.includes(mark)) row.marks.push(mark);
    this.#requests.set(key, row);
  }

  get count(): number {
    return this.#count;
  }

  /** How many were unlike all that are listed, and came when the list was full. */
  get beyond(): number {
    return this.#beyond;
  }

  latest(): string[] {
    return [...this.#latest];
  }

  requests(): LiveRequest[] {
    return [...this.#requests.values()].sort((a, b) => order(a.url, b.url) || order(a.method, b.method));
  }
}

function marksOf({ url, rawHeaders, messages, connection }: Observation): string[] {
  const { protocol, hostname, pathname } = parsedUrl(url) ?? { protocol: "", hostname: "", pathname: "" };
  const values = rawHeaders.filter((_, i) => i % 2 === 1);
  const overHttps =
    pathname.endsWith("/dns-query") || values.some((value) => /^application\/dns-(message|json)/i.test(value));
  return [
    ...(protocol === "http:" && !LOOPBACK.test(hostname) ? ["plain-http"] : []),
    ...(connection.name === null && isIP(connection.address) !== 0 && !LOOPBACK.test(connection.address)
      ? ["ip-literal"]
      : []),
    ...(overHttps ? ["dns-over-https"] : []),
    ...(messages === null ? [] : ["websocket"]),
    ...(connection.throughProxy ? ["through-proxy"] : []),
    ...(connection.address.startsWith("/") ? ["unix-socket"] : []),
  ];
}

/** Connections without HTTP. Those whose handshake failed are trust failures and no part of this. */
export function withoutRequests(connections: readonly Connection[]): LiveConnection[] {
  const rows = new Map<string, LiveConnection>();
  for (const connection of connections) {
    const kind = kindOf(connection);
    if (kind === null) continue;
    const process = connection.sender?.name ?? null;
    const target = targetOf(connection);
    const key = JSON.stringify([kind, target, process]);
    const row = rows.get(key) ?? { target, process, kind, marks: connectionMarks(connection), count: 0, bytes: 0 };
    row.count++;
    row.bytes += connection.rawBytes;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => order(a.target, b.target) || order(a.kind, b.kind));
}

function kindOf({ protocol, requests, handshake, rawBytes, address }: Connection): LiveConnection["kind"] | null {
  if (requests > 0) return null;
  if (address.startsWith("/")) return "unix";
  if (protocol === "socks") return "socks";
  if (protocol === "raw") return "raw-tcp";
  if (protocol === null) return "silent";
  if (handshake === "completed" && rawBytes > 0) return "raw-tls";
  return protocol === "http" ? "raw-tcp" : null;
}

const connectionMarks = ({ name, address, throughProxy }: Connection): string[] => [
  ...(name === null && isIP(address) !== 0 ? ["ip-literal"] : []),
  ...(throughProxy ? ["through-proxy"] : []),
];

const targetOf = (connection: Connection): string =>
  connection.address.startsWith("/") ? connection.address : `${connectionHost(connection)}:${connection.port}`;

/** Hosts where TLS began and no request followed. A spare connection beside one that worked is no failure. */
export function trustFailures(connections: readonly Connection[]): TrustFailure[] {
  const rows = new Map<string, TrustFailure>();
  const key = (connection: Connection) => JSON.stringify([connectionHost(connection), connection.sender?.name ?? null]);
  const served = new Set(connections.filter(({ requests, rawBytes }) => requests + rawBytes > 0).map(key));
  for (const connection of connections) {
    if (connection.protocol !== "tls" || connection.requests > 0 || connection.rawBytes > 0) continue;
    const reason = reasonOf(connection);
    const rowKey = `${key(connection)} ${reason}`;
    const row = rows.get(rowKey) ?? {
      host: connectionHost(connection),
      process: connection.sender?.name ?? null,
      reason,
      count: 0,
      explained: served.has(key(connection)),
    };
    row.count++;
    rows.set(rowKey, row);
  }
  return [...rows.values()].sort((a, b) => order(a.host, b.host) || order(a.reason, b.reason));
}

function reasonOf({ handshake, failure }: Connection): string {
  if (handshake === "completed") return "TLS completed, no HTTP";
  const alert = /ALERT_([A-Z_]+)$/.exec(failure ?? "")?.[1];
  if (alert !== undefined) return alert.toLowerCase().replaceAll("_", " ");
  return failure === null || failure === "ECONNRESET" ? "closed in the handshake" : failure;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
