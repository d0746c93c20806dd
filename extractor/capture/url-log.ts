import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import type { CaptureFormat } from "./format.ts";
import { splitLines } from "./lines.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";

const METHOD = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PROPFIND|REPORT|WS";
const REQUEST = new RegExp(`(?:^|[\\s"'|,;])(${METHOD})[\\s"'|,;]+((?:https?|wss?)://[^\\s"'<>]+)`, "i");
const ISO_TIME = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/;
const EPOCH = /(?:^|\s)(1\d{9}(?:\.\d+)?|1\d{12})(?=\s)/;
const STATUS = /(?:^|[\s/|,;:])([1-5]\d\d)(?=$|[\s/|,;"'])/;

/** `METHOD URL` on a line, with or without a time before and a status before or after; blank lines and `#` comments aside. */
export const urlLog: CaptureFormat = {
  label: "URL log",
  detect: (sample) => {
    const lines = sample.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
    return lines.length > 0 && lines.slice(0, 20).some((line) => parseLine(line) !== null) && !/^\s*[{[]/.test(sample);
  },
  async *read(source: CaptureSource, log: DiagnosticLog) {
    let record = 0;
    for await (const line of splitLines(source.chunks())) {
      if (line.text !== null && /^\s*(#|$)/.test(line.text)) continue;
      const request = line.text === null ? null : parseLine(line.text);
      if (request === null)
        log.add("capture-record", `${source.path}: line ${line.number} at byte ${line.byte} is not METHOD URL`);
      else yield { ...request, at: { file: source.path, record: ++record } };
    }
  },
};

function parseLine(line: string): Omit<Exchange, "at"> | null {
  const match = REQUEST.exec(line.length > 100_000 ? line.slice(0, 100_000) : line);
  const url = match === null ? null : requestedUrl(match[2]!);
  if (match === null || url === null) return null;
  const around = [line.slice(0, match.index), line.slice(match.index + match[0].length)];
  const status = STATUS.exec(around[1]!)?.[1] ?? STATUS.exec(around[0]!.replace(ISO_TIME, "").replace(EPOCH, ""))?.[1];
  return {
    method: requestedMethod(match[1]!, url, {}),
    url,
    headers: {},
    userAgent: null,
    process: null,
    status: status === undefined ? null : Number(status),
    time: timeOf(around[0]!),
    body: null,
    content: null,
    response: null,
    failure: null,
  };
}

function timeOf(before: string): number | null {
  const iso = ISO_TIME.exec(before)?.[0];
  if (iso !== undefined) {
    const time = Date.parse(iso.replace(" ", "T").replace(",", "."));
    return Number.isNaN(time) ? null : time;
  }
  const epoch = Number(EPOCH.exec(before)?.[1] ?? Number.NaN);
  if (Number.isNaN(epoch)) return null;
  return epoch > 1e12 ? epoch : Math.round(epoch * 1000);
}
