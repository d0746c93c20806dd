import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bodyHeaders } from "./body/body-headers.ts";
import { answerText, readBody } from "./body/read-body.ts";
import { socketContent } from "./body/socket-messages.ts";
import { CaptureDamage } from "./damage.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader, type Headers, toHeaders } from "./headers.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";
import { parseTnetstring, readLength, type TnetValue } from "./tnetstring.ts";

const MAX_FLOW_BYTES = 64 << 20;
/** Versions of the flow format whose requests are laid out as read here. Others are read all the same, and counted. */
const VERSIONS = { oldest: 7, newest: 21 };

/** A mitmproxy flow file: one tnetstring dictionary after the other. */
export const mitmproxy: CaptureFormat = {
  label: "mitmproxy flows",
  detect: (sample) => /^\d{1,12}:\d{1,4}:[\x20-\x7e]{2,40}[;,]/.test(sample),
  async *read(source: CaptureSource, log: DiagnosticLog) {
    let index = 0;
    for await (const flow of splitFlows(source, log)) {
      const at = { file: source.path, record: index + 1 };
      const exchange = toExchange(flow.value, at, log);
      if (exchange === null)
        log.add(
          "capture-record",
          `${source.path}: the ${typeOf(flow.value)} flow at byte ${flow.byte} holds no request`,
        );
      else {
        index++;
        yield exchange;
      }
    }
  },
};

/** Flows one at a time, so that memory is bounded by the largest of them. */
async function* splitFlows(
  source: CaptureSource,
  log: DiagnosticLog,
): AsyncGenerator<{ value: TnetValue; byte: number }> {
  let held: Buffer = Buffer.alloc(0);
  /** Offset of `held` in the file. */
  let byte = 0;
  /** Bytes of a flow over the bound that are still to be passed over. */
  let skip = 0;
  let wanted = 0;
  const pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of source.chunks()) {
    pending.push(chunk);
    pendingBytes += chunk.length;
    if (held.length + pendingBytes < wanted) continue;
    held = Buffer.concat([held, ...pending.splice(0)]);
    pendingBytes = 0;
    for (;;) {
      const passed = Math.min(skip, held.length);
      held = held.subarray(passed);
      byte += passed;
      skip -= passed;
      if (held.length < 14) break;
      const { start, length } = readLength(held, 0, byte);
      if (length > MAX_FLOW_BYTES) {
        log.add("capture-limit", `${source.path}: the flow at byte ${byte} is over 64 MB`);
        skip = start + length + 1;
        continue;
      }
      wanted = start + length + 1;
      if (held.length < wanted) break;
      const { value, end } = parseTnetstring(held.subarray(0, wanted), 0, byte);
      yield { value, byte };
      held = held.subarray(end);
      byte += end;
      wanted = 0;
    }
  }
  if (skip > 0 || held.length + pendingBytes > 0) throw new CaptureDamage("the last flow is cut off", byte);
}

const dict = (value: TnetValue | undefined): Map<string, TnetValue> => (value instanceof Map ? value : new Map());

const text = (value: TnetValue | undefined): string =>
  typeof value === "string" ? value : Buffer.isBuffer(value) ? value.toString("utf8") : "";

const bytesOf = (value: TnetValue | undefined): Buffer =>
  Buffer.isBuffer(value) ? value : Buffer.from(typeof value === "string" ? value : "");

const typeOf = (flow: TnetValue): string => text(dict(flow).get("type")).replace(/[^a-z]/g, "") || "unknown";

function headersOf(value: TnetValue | undefined): Headers {
  const pairs = Array.isArray(value) ? value : [];
  return toHeaders(pairs.flatMap((pair) => (Array.isArray(pair) ? [[text(pair[0]), text(pair[1])] as const] : [])));
}

function toExchange(value: TnetValue, at: Exchange["at"], log: DiagnosticLog): Exchange | null {
  const flow = dict(value);
  const request = dict(flow.get("request"));
  if (request.size === 0) return null;
  countVersion(flow.get("version"), at, log);
  const headers = headersOf(request.get("headers"));
  const named = text(request.get("method"));
  const url = urlOf(request, headers, named, flow);
  if (url === null || named === "") return null;
  const response = dict(flow.get("response"));
  const status = response.get("status_code");
  const started = request.get("timestamp_start");
  const answerHeaders = headersOf(response.get("headers"));
  return {
    method: requestedMethod(named, url, headers),
    url,
    headers,
    userAgent: firstHeader(headers, "user-agent"),
    process: null,
    status: typeof status === "number" ? status : null,
    time: typeof started === "number" ? Math.round(started * 1000) : null,
    ...(flow.get("websocket") instanceof Map
      ? { body: null, content: socketContent(sentMessages(dict(flow.get("websocket"))), at, log) }
      : readBody(bytesOf(request.get("content")), bodyHeaders(headers), at, log)),
    response:
      response.size === 0
        ? null
        : { headers: answerHeaders, text: answerText(bytesOf(response.get("content")), answerHeaders, at, log) },
    failure: text(dict(flow.get("error")).get("msg")) || null,
    at,
  };
}

/** Messages are lists: opcode, whether the client sent it, content, and more. */
function sentMessages(socket: Map<string, TnetValue>): Buffer[] {
  const messages = socket.get("messages");
  return (Array.isArray(messages) ? messages : []).flatMap((message) =>
    Array.isArray(message) && message[1] === true ? [bytesOf(message[2])] : [],
  );
}

/**
 * With a transparent proxy `host` is an address. The name stands in the Host header, for HTTP/2 in `authority`; where
 * these say the address as well or nothing, in the TLS greeting of the client or of the connection onwards.
 */
function urlOf(
  request: Map<string, TnetValue>,
  headers: Headers,
  method: string,
  flow: Map<string, TnetValue>,
): string | null {
  const scheme = text(request.get("scheme")) || "https";
  const port = request.get("port");
  const address = text(request.get("host"));
  const greeted = ["client_conn", "server_conn"].map((end) => text(dict(flow.get(end)).get("sni")));
  const names = [firstHeader(headers, "host") ?? "", text(request.get("authority")), ...greeted, address];
  const named = names.find((name) => name !== "" && !IS_ADDRESS.test(name)) ?? names.find((name) => name !== "") ?? "";
  const standard = port === (scheme === "https" ? 443 : 80);
  const host = /:\d+$/.test(named) || standard || typeof port !== "number" ? named : `${named}:${port}`;
  const path = text(request.get("path"));
  if (method === "CONNECT") return requestedUrl(`https://${host}`);
  return requestedUrl(/^https?:\/\//i.test(path) ? path : `${scheme}://${host}${path}`);
}

/** IPv4, or IPv6 in brackets or without, each with a port or without. */
const IS_ADDRESS = /^(?:\d+\.\d+\.\d+\.\d+|\[[\da-f:.]+\]|[\da-f]*:[\da-f]*:[\da-f:.]*)(?::\d+)?$/i;

function countVersion(value: TnetValue | undefined, at: Exchange["at"], log: DiagnosticLog): void {
  if (typeof value === "number" && value >= VERSIONS.oldest && value <= VERSIONS.newest) return;
  const version = typeof value === "number" ? String(value) : "from before 4";
  log.add("capture-record", `${at.file}: flow ${at.record} has format version ${version}, read as ${VERSIONS.newest}`);
}
