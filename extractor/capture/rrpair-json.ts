import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bodyHeaders } from "./body/body-headers.ts";
import { answerText, readBody } from "./body/read-body.ts";
import { CaptureDamage } from "./damage.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader, toHeaders } from "./headers.ts";
import { parseJsonText } from "./json-text.ts";
import { array, isRecord, number, record, textOr } from "./json-value.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";

const MAX_FILE_BYTES = 64 << 20;

/**
 * A proxymock RRPair as a JSON file: one object with `msgType: rrpair`. Recordings of databases and queues hold no
 * request.
 */
export const rrpairJson: CaptureFormat = {
  label: "RRPair (JSON)",
  detect: (sample) =>
    /^\s*\{/.test(sample) && /"msgType"\s*:\s*"rrpair"/.test(sample) && !/\}\s*\n\s*\{/.test(sample.trim()),
  async *read(source: CaptureSource, log: DiagnosticLog) {
    const text = (await wholeFile(source)).toString("utf8");
    let value: unknown;
    try {
      value = parseJsonText(text);
    } catch {
      throw new CaptureDamage("the document is cut or not JSON", Buffer.byteLength(text));
    }
    const exchange = rrpairExchange(record(value), { file: source.path, record: 1 }, log);
    if (exchange !== null) yield exchange;
    else
      log.add(
        "capture-record",
        `${source.path}: holds no HTTP request (${textOr(record(value).l7protocol) || "unknown protocol"})`,
      );
  },
};

export async function wholeFile(source: CaptureSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    length += chunk.length;
    if (length > MAX_FILE_BYTES) throw new CaptureDamage("one request of over 64 MB", length);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

export const isRrpair = (value: Record<string, unknown>): boolean => value.msgType === "rrpair" && isRecord(value.http);

/** Null where the pair isn't of HTTP. Bodies are base64 of the decoded body. */
export function rrpairExchange(pair: Record<string, unknown>, at: Exchange["at"], log: DiagnosticLog): Exchange | null {
  const http = record(pair.http);
  const request = record(http.req);
  const response = record(http.res);
  const headers = headersOf(request.headers);
  const uri = textOr(request.uri) || textOr(request.url);
  const scheme = pair.isTls === true || /https/.test(textOr(pair.l7protocol)) ? "https" : "http";
  const host = textOr(request.host) || (firstHeader(headers, "host") ?? "");
  const url = requestedUrl(/^https?:/i.test(uri) ? uri : `${scheme}://${host}${uri}`);
  if (url === null || host === "") return null;
  const answerHeaders = headersOf(response.headers);
  const answer = Buffer.from(textOr(response.bodyBase64), "base64");
  return {
    method: requestedMethod(textOr(request.method) || "GET", url, headers),
    url,
    headers,
    userAgent: firstHeader(headers, "user-agent"),
    process: null,
    status: number(response.statusCode),
    time: Number.isNaN(Date.parse(textOr(pair.ts))) ? null : Date.parse(textOr(pair.ts)),
    ...readBody(Buffer.from(textOr(request.bodyBase64), "base64"), bodyHeaders(headers), at, log),
    response: isRecord(http.res) ? { headers: answerHeaders, text: answerText(answer, answerHeaders, at, log) } : null,
    failure: null,
    at,
  };
}

function headersOf(value: unknown) {
  return toHeaders(
    Object.entries(record(value)).flatMap(([name, values]) =>
      array(values).map((held): [string, string] => [name, textOr(held)]),
    ),
  );
}
