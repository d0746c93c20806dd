import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bareExchange } from "./bare-exchange.ts";
import { CaptureDamage } from "./damage.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader, toHeaders } from "./headers.ts";
import { namedHeaders } from "./http-message.ts";
import { sliceJson } from "./json-slices.ts";
import { parseJsonText } from "./json-text.ts";
import { array, number, record, textOr } from "./json-value.ts";
import { requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";

/** Requests whose answer is awaited; more of them at once have no browser. */
const MAX_OPEN = 10_000;

/**
 * Chromium's own log (`--log-net-log`). Events of one request share a source: one starts it, one brings the headers
 * that were sent, one the status line. Bodies are never in it.
 */
export const netLog: CaptureFormat = {
  label: "Chromium NetLog",
  detect: (sample) => /^\uFEFF?\s*\{\s*"constants"\s*:\s*\{/.test(sample),
  async *read(source: CaptureSource, log: DiagnosticLog) {
    const open = new Map<number, Exchange>();
    let count = 0;
    let damage: CaptureDamage | null = null;
    try {
      for await (const { text, byte } of sliceJson(source.chunks(), ["events"])) {
        const event = eventOf(text);
        if (event === null) {
          log.add("capture-record", `${source.path}: the event at byte ${byte} cannot be read`);
          continue;
        }
        const { id, params } = event;
        const started = startOf(params, { file: source.path, record: count + 1 });
        if (started === null) addTo(open.get(id), params);
        else {
          count++;
          const before = open.get(id) ?? (open.size >= MAX_OPEN ? oldestOf(open) : undefined);
          if (before !== undefined) yield before;
          open.set(id, started);
        }
      }
    } catch (error) {
      // Chromium ends the document only when it ends itself in peace.
      if (!(error instanceof CaptureDamage)) throw error;
      damage = error;
    }
    yield* open.values();
    if (count > 0) log.add("capture-body", `${source.path}: a NetLog holds no bodies`, count);
    if (damage !== null) throw damage;
  },
};

function eventOf(text: string | null): { id: number; params: Record<string, unknown> } | null {
  try {
    const event = record(text === null ? null : parseJsonText(text));
    const id = number(record(event.source).id);
    return id === null ? null : { id, params: record(event.params) };
  } catch {
    return null;
  }
}

/** A URL request's first event has method, URL and the flags it is loaded with; no other event has all three. */
function startOf(params: Record<string, unknown>, at: Exchange["at"]): Exchange | null {
  const [method, url] = [textOr(params.method), requestedUrl(textOr(params.url))];
  if (method === "" || url === null || params.load_flags === undefined) return null;
  return { ...bareExchange(method, url), at };
}

/** Headers stand in lists: of the request `Name: value`, of the answer its status line first. */
function addTo(exchange: Exchange | undefined, { headers, net_error: error }: Record<string, unknown>): void {
  if (exchange === undefined) return;
  const lines = array(headers).map(textOr);
  const status = /^HTTP\/[\d.]+ (\d{3})/.exec(lines[0] ?? "")?.[1];
  if (status !== undefined) {
    exchange.status = Number(status);
    exchange.response = { headers: toHeaders(namedHeaders(lines.slice(1))), text: null };
  } else if (lines.length > 0) {
    exchange.headers = toHeaders(namedHeaders(lines));
    exchange.userAgent = firstHeader(exchange.headers, "user-agent");
  }
  if (typeof error === "number" && error < 0 && exchange.status === null) exchange.failure = `net error ${error}`;
}

function oldestOf(open: Map<number, Exchange>): Exchange | undefined {
  for (const [id, exchange] of open) {
    open.delete(id);
    return exchange;
  }
  return undefined;
}
