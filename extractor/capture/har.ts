import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bodyHeaders } from "./body/body-headers.ts";
import { answerText, readBody } from "./body/read-body.ts";
import { socketContent } from "./body/socket-messages.ts";
import { bytesOfText } from "./body/text-of-bytes.ts";
import { fileBeside } from "./file-beside.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader, type Headers, toHeaders } from "./headers.ts";
import { sliceJson } from "./json-slices.ts";
import { parseJsonText } from "./json-text.ts";
import { array, isRecord, number, record, textOr } from "./json-value.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";

/**
 * HAR 1.2 as Chrome, Firefox, mitmproxy, Charles and Proxyman write it. They differ in private fields (`_…`), in how
 * a binary request body is marked, and in whether a tunnel or a failed connection has an entry.
 */
export const har: CaptureFormat = {
  label: "HAR",
  detect: (sample) => /^\uFEFF?\s*\{/.test(sample) && /"log"\s*:\s*\{/.test(sample) && !sample.includes('"msgType"'),
  async *read(source: CaptureSource, log: DiagnosticLog) {
    let index = 0;
    for await (const slice of sliceJson(source.chunks(), ["log", "entries"])) {
      const at = { file: source.path, record: ++index };
      if (slice.omitted > 0)
        log.add("capture-limit", `${source.path}: strings over 8 MB left out of entry ${index}`, slice.omitted);
      if (slice.text === null) {
        log.add("capture-limit", `${source.path}: entry ${index} at byte ${slice.byte} is over 32 MB`);
        continue;
      }
      const exchange = parseEntry(slice.text, at, log);
      if (exchange !== null) yield exchange;
      else log.add("capture-record", `${source.path}: entry ${index} at byte ${slice.byte} is not a request`);
    }
  },
};

function parseEntry(text: string, at: Exchange["at"], log: DiagnosticLog): Exchange | null {
  let entry: unknown;
  try {
    entry = parseJsonText(text);
  } catch {
    return null;
  }
  return toExchange(record(entry), at, log);
}

/** Null where the entry holds no request to a URL of the web. */
function toExchange(entry: Record<string, unknown>, at: Exchange["at"], log: DiagnosticLog): Exchange | null {
  const request = record(entry.request);
  const headers = toHeaders(namedValues(request.headers));
  const named = textOr(request.method);
  const url = requestedUrl(textOr(request.url)) ?? (named === "CONNECT" ? `https://${textOr(request.url)}` : null);
  if (url === null || named === "") return null;
  const response = record(entry.response);
  const status = number(response.status);
  const failure = textOr(response._error) || textOr(entry._error) || textOr(entry._errorMessage);
  return {
    method: requestedMethod(named, url, headers),
    url,
    headers,
    userAgent: firstHeader(headers, "user-agent"),
    process: sender(entry),
    status: status === null || status <= 0 ? null : status,
    time: milliseconds(entry.startedDateTime),
    ...(Array.isArray(entry._webSocketMessages)
      ? { body: null, content: socketContent(sentMessages(entry._webSocketMessages), at, log) }
      : requestBody(request, headers, at, log)),
    response: answer(response, at, log),
    failure: failure || null,
    at,
  };
}

function requestBody(request: Record<string, unknown>, headers: Headers, at: Exchange["at"], log: DiagnosticLog) {
  const post = record(request.postData);
  const about = bodyHeaders(headers, { type: textOr(post.mimeType), length: number(request.bodySize) ?? 0 });
  const bytes = postedBytes(post, at.file);
  const names = [...namedValues(post.params)];
  if (bytes.length > 0 || names.length === 0) return readBody(bytes, about, at, log);
  const kind = about.type.startsWith("multipart/") ? ("multipart" as const) : ("form" as const);
  return { body: null, content: { kind, documents: [Object.fromEntries(names)] } };
}

/** Playwright keeps bodies in files beside the capture, and their names in it. */
function postedBytes(post: Record<string, unknown>, capture: string): Buffer {
  const encoding = textOr(post.encoding) || textOr(post._encoding);
  const text = textOr(post.text);
  if (text === "" && textOr(post._file) !== "") return fileBeside(capture, textOr(post._file));
  return encoding === "base64" ? Buffer.from(text, "base64") : bytesOfText(text);
}

function answer(response: Record<string, unknown>, at: Exchange["at"], log: DiagnosticLog): Exchange["response"] {
  if (!isRecord(response.content) && !Array.isArray(response.headers)) return null;
  const headers = toHeaders(namedValues(response.headers));
  const content = record(response.content);
  const text = textOr(content.text);
  const bytes = textOr(content.encoding) === "base64" ? Buffer.from(text, "base64") : bytesOfText(text);
  return { headers, text: answerText(bytes, headers, at, log) };
}

/** Chrome's private field, which others write as well. Binary messages (opcode 2) stand in base64. */
const sentMessages = (messages: readonly unknown[]): Buffer[] =>
  messages
    .map(record)
    .filter(({ type }) => type === "send")
    .map(({ opcode, data }) => Buffer.from(textOr(data), opcode === 2 ? "base64" : "utf8"));

function* namedValues(list: unknown): Generator<readonly [string, string]> {
  for (const item of array(list)) {
    const { name, value } = record(item);
    if (typeof name === "string") yield [name, textOr(value)];
  }
}

/** Private fields under which recorders keep the client. */
const SENDERS = ["_clientName", "_processName", "_process", "_clientProcess", "_pid"];

function sender(entry: Record<string, unknown>): string | null {
  for (const key of SENDERS) {
    const value = entry[key];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return null;
}

function milliseconds(value: unknown): number | null {
  const time = Date.parse(textOr(value));
  return Number.isNaN(time) ? null : time;
}
