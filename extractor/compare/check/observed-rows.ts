import type { Fit, Observed, Sender, Verdict } from "../../model/check.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Endpoint } from "../../model/report.ts";
import { displayUrl, displayUserAgent, namesOfQuery } from "../match/display-url.ts";
import type { Match } from "../match/predictions.ts";
import type { RequestTarget } from "../match/target.ts";
import { answeredByProxy } from "./artefacts.ts";

/** What one request was judged to be. */
export interface Judgement {
  verdict: Verdict;
  why: string;
  endpoint: Endpoint | null;
  sender: Sender;
  /** Literal segments of the template that fits. */
  segments: readonly string[];
  fit: Fit | null;
  /** A template that fits but for its host, which it leaves open, where nothing vouches for the host. */
  candidate: Match | null;
}

/** @param match the template that decided, where one did */
export function judgement(
  { verdict, why }: { verdict: Verdict; why: string },
  sender: Sender,
  match: Match | null = null,
): Judgement {
  const { endpoint = null, segments = [], fit = null } = match ?? {};
  return { verdict, why, endpoint, sender, segments, fit, candidate: null };
}

/** Requests that count as the same: method, shown URL, sender, verdict and endpoint. */
export interface ObservedRow extends Judgement {
  method: string;
  url: string;
  target: RequestTarget;
  /** One of the requests, with its query: redirects are compared with it. */
  example: string;
  count: number;
  query: Set<string>;
  userAgents: Set<string>;
  statuses: Map<string, number>;
  first: number | null;
  last: number | null;
  /** Values that authenticated the requests: the same key means the same program. Never handed out. */
  credentials: Set<string>;
}

/** More distinct URLs than this are folded to their hosts, or a crawl would fill memory. */
const MAX_ROWS = 50_000;

export class ObservedRows {
  readonly #rows = new Map<string, ObservedRow>();
  #folded = 0;

  add(exchange: Exchange, target: RequestTarget, judgement: Judgement): ObservedRow {
    const scheme = exchange.method === "WS" ? target.scheme.replace("http", "ws") : target.scheme;
    const url = displayUrl(target, scheme, new Set(judgement.segments));
    const row = this.#rowOf(exchange, target, judgement, url) ?? this.#fold(exchange, target, judgement, scheme);
    row.count++;
    for (const name of namesOfQuery(target.query)) if (row.query.size < 100) row.query.add(name);
    if (exchange.userAgent !== null && row.userAgents.size < 10)
      row.userAgents.add(displayUserAgent(exchange.userAgent));
    for (const name of CREDENTIAL_HEADERS) {
      for (const value of exchange.headers[name] ?? []) if (row.credentials.size < 8) row.credentials.add(value);
    }
    this.#note(row, exchange);
    return row;
  }

  /** One more request like one that the row has, which tells nothing besides its status and its time. */
  again(row: ObservedRow, exchange: Exchange): void {
    row.count++;
    this.#note(row, exchange);
  }

  #note(row: ObservedRow, exchange: Exchange): void {
    const status = statusOf(exchange);
    row.statuses.set(status, (row.statuses.get(status) ?? 0) + 1);
    if (exchange.time === null) return;
    row.first = Math.min(row.first ?? exchange.time, exchange.time);
    row.last = Math.max(row.last ?? exchange.time, exchange.time);
  }

  #rowOf(exchange: Exchange, target: RequestTarget, judgement: Judgement, url: string): ObservedRow | null {
    const key = [
      judgement.verdict,
      exchange.method,
      url,
      judgement.sender.kind,
      judgement.sender.name,
      judgement.endpoint?.id,
    ].join("\n");
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    if (this.#rows.size >= MAX_ROWS && !url.endsWith("/{more}")) return null;
    const row: ObservedRow = {
      ...judgement,
      method: exchange.method,
      url,
      target,
      example: exchange.url,
      count: 0,
      query: new Set(),
      userAgents: new Set(),
      statuses: new Map(),
      first: null,
      last: null,
      credentials: new Set(),
    };
    this.#rows.set(key, row);
    return row;
  }

  #fold(exchange: Exchange, target: RequestTarget, judgement: Judgement, scheme: string): ObservedRow {
    this.#folded++;
    return this.#rowOf(exchange, target, judgement, `${scheme}://${target.authority}/{more}`)!;
  }

  get folded(): number {
    return this.#folded;
  }

  list(): ObservedRow[] {
    return [...this.#rows.values()];
  }
}

const CREDENTIAL_HEADERS = ["authorization", "x-api-key", "api-key", "cookie", "x-goog-api-key"];

function statusOf(exchange: Exchange): string {
  if (answeredByProxy(exchange)) return "proxy";
  const { status, response, failure } = exchange;
  if (status !== null) return String(status);
  return response === null && failure === null ? "unknown" : "none";
}

export function toObserved(row: ObservedRow): Observed {
  const { method, url, verdict, why, endpoint, fit, count, sender } = row;
  return {
    method,
    url,
    query: [...row.query].sort(),
    verdict,
    why,
    ...(endpoint === null ? {} : { endpoint: endpoint.id }),
    ...(fit === null ? {} : { fit }),
    count,
    sender,
    userAgents: [...row.userAgents].sort(),
    statuses: Object.fromEntries([...row.statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
    first: isoTime(row.first),
    last: isoTime(row.last),
  };
}

/** Captures from outside can hold any number as a time. */
export const isoTime = (time: number | null): string | null =>
  time === null || Math.abs(time) > 8.64e15 ? null : new Date(time).toISOString();
