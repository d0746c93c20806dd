import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bodyHeaders } from "./body/body-headers.ts";
import { readBody } from "./body/read-body.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader, type Headers, toHeaders } from "./headers.ts";
import { parseJsonText } from "./json-text.ts";
import { isRecord, number, record, textOr } from "./json-value.ts";
import { splitLines } from "./lines.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import { isRrpair, rrpairExchange } from "./rrpair-json.ts";
import type { CaptureSource } from "./source.ts";

/**
 * One JSON object per line: `{method, url, headers?, userAgent?, process?, status?, time?, body?, error?}`, flat or
 * with the request's part under `request` and the answer's under `response`. Headers are an object of strings or
 * lists. A line of an RRPair export is understood as well.
 */
export const ndjson: CaptureFormat = {
  label: "NDJSON of requests",
  detect: (sample) => {
    const line = sample.split("\n").find((text) => text.trim() !== "") ?? "";
    return /^\uFEFF?\s*\{/.test(line) && (parseLine(line) !== null || isCutRequest(line));
  },
  async *read(source: CaptureSource, log: DiagnosticLog) {
    let index = 0;
    for await (const lines of splitLines(source.chunks())) {
      for (const line of lines) {
        if (line.text?.trim() === "") continue;
        const value = line.text === null ? null : parseLine(line.text);
        const at = { file: source.path, record: index + 1 };
        const exchange =
          value === null ? null : isRrpair(value) ? rrpairExchange(value, at, log) : toExchange(value, at, log);
        if (exchange === null) {
          log.add("capture-record", `${source.path}: line ${line.number} at byte ${line.byte} is not a request`);
          continue;
        }
        index++;
        yield exchange;
      }
    }
  },
};

/** A first line longer than the sample can still be known by how it starts. */
const isCutRequest = (line: string): boolean =>
  !line.trimEnd().endsWith("}") && /^\{.{0,2000}"(url|request|http)"\s*:/s.test(line) && !/^\{\s*"log"/.test(line);

function parseLine(text: string): Record<string, unknown> | null {
  let value: unknown;
  try {
    value = parseJsonText(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  return isRrpair(value) || textOr(requestOf(value).url) !== "" ? value : null;
}

const requestOf = (value: Record<string, unknown>): Record<string, unknown> =>
  isRecord(value.request) ? value.request : value;

function toExchange(value: Record<string, unknown>, at: Exchange["at"], log: DiagnosticLog): Exchange | null {
  const request = requestOf(value);
  const url = requestedUrl(textOr(request.url));
  if (url === null) return null;
  const headers = headersOf(request.headers);
  const text =
    typeof request.body === "string" ? request.body : isRecord(request.body) ? JSON.stringify(request.body) : "";
  const bytes = Buffer.from(text, textOr(request.bodyEncoding) === "base64" ? "base64" : "utf8");
  const response = record(value.response);
  return {
    method: requestedMethod(textOr(request.method) || "GET", url, headers),
    url,
    headers,
    userAgent: (textOr(request.userAgent) || firstHeader(headers, "user-agent")) ?? null,
    process: textOr(value.process) || (number(value.pid)?.toString() ?? null),
    status: number(value.status) ?? number(response.status),
    time: timeOf(value.time ?? value.timestamp ?? request.time),
    ...readBody(bytes, bodyHeaders(headers), at, log),
    response: isRecord(value.response)
      ? { headers: headersOf(response.headers), text: textOr(response.body) || null }
      : null,
    failure: textOr(value.error) || null,
    at,
  };
}

function headersOf(value: unknown): Headers {
  const pairs: [string, string][] = [];
  for (const [name, held] of Object.entries(record(value))) {
    for (const item of Array.isArray(held) ? held : [held]) if (typeof item === "string") pairs.push([name, item]);
  }
  return toHeaders(pairs);
}

/** ISO text, or a number of seconds or milliseconds since the epoch. */
function timeOf(value: unknown): number | null {
  const seconds = number(value);
  if (seconds !== null) return seconds > 1e12 ? seconds : Math.round(seconds * 1000);
  const time = Date.parse(textOr(value));
  return Number.isNaN(time) ? null : time;
}
