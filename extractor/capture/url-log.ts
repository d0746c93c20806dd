import type { DiagnosticLog } from "../model/diagnostic.ts";
import { type Exchange, METHOD_UNKNOWN } from "../model/exchange.ts";
import { bareExchange } from "./bare-exchange.ts";
import type { CaptureFormat } from "./format.ts";
import { splitLines } from "./lines.ts";
import { requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";

const METHOD = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|PROPFIND|REPORT|WS";
const URL_TEXT = "(?:https?|wss?)://[^\\s\"'<>]+";
const REQUEST = new RegExp(`(?:^|[\\s"'|,;])(${METHOD})[\\s"'|,;]+(${URL_TEXT})`, "i");
/** A proxy's line for a tunnel names host and port alone. */
const TUNNEL = /(?:^|[\s"'|,;])(CONNECT)[\s"'|,;]+((?:\[[\da-f:]+\]|[\w.-]+):\d{1,5})(?=$|[\s"'|,;])/i;
const URL_ALONE = new RegExp(`^\\s*["']?(${URL_TEXT})["']?\\s*$`, "i");
const ISO_TIME = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/;
const EPOCH = /(?:^|\s)(1\d{9}(?:\.\d+)?|1\d{12})(?=\s)/;
/** `TCP_MISS/200`, after the milliseconds that a request took. */
const PROXY_STATUS = /\b[A-Z_]+\/([1-5]\d\d)\b/;
const STATUS = /(?:^|[\s/|,;:])([1-5]\d\d)(?=$|[\s/|,;"'])/;

/**
 * `METHOD URL` on a line, with or without a time before and a status before or after, `CONNECT host:port` as proxies
 * write tunnels, or a URL alone; blank lines and `#` comments aside.
 */
export const urlLog: CaptureFormat = {
  label: "URL log",
  detect: (sample) => {
    const lines = sample.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
    return lines.length > 0 && lines.slice(0, 20).some((line) => parseLine(line) !== null) && !/^\s*[{[]/.test(sample);
  },
  async *read(source: CaptureSource, log: DiagnosticLog) {
    let record = 0;
    for await (const lines of splitLines(source.chunks())) {
      for (const { text, number, byte } of lines) {
        if (text !== null && /^\s*(#|$)/.test(text)) continue;
        const request = text === null ? null : parseLine(text);
        if (request === null)
          log.add("capture-record", `${source.path}: line ${number} at byte ${byte} is not METHOD URL`);
        else yield Object.assign(request, { at: { file: source.path, record: ++record } });
      }
    }
  },
};

function parseLine(line: string): Omit<Exchange, "at"> | null {
  const text = line.length > 100_000 ? line.slice(0, 100_000) : line;
  const alone = URL_ALONE.exec(text);
  if (alone !== null) return requestOf(METHOD_UNKNOWN, requestedUrl(alone[1]!), { status: null, time: null });
  const request = REQUEST.exec(text);
  const tunnel = request === null ? TUNNEL.exec(text) : null;
  const match = request ?? tunnel;
  if (match === null) return null;
  const before = text.slice(0, match.index);
  return requestOf(match[1]!, requestedUrl(tunnel === null ? match[2]! : `https://${match[2]!}`), {
    status: statusOf(before, text.slice(match.index + match[0].length)),
    time: timeOf(before),
  });
}

function requestOf(
  method: string,
  url: string | null,
  told: Pick<Exchange, "status" | "time">,
): Omit<Exchange, "at"> | null {
  return url === null ? null : bareExchange(method, url, told);
}

function statusOf(before: string, after: string): number | null {
  const ofProxy = before === "" ? undefined : PROXY_STATUS.exec(before)?.[1];
  if (ofProxy !== undefined) return Number(ofProxy);
  const behind = after === "" ? undefined : STATUS.exec(after)?.[1];
  const status =
    behind ?? (before === "" ? undefined : STATUS.exec(before.replace(ISO_TIME, "").replace(EPOCH, ""))?.[1]);
  return status === undefined ? null : Number(status);
}

function timeOf(before: string): number | null {
  if (before === "") return null;
  const iso = ISO_TIME.exec(before)?.[0];
  if (iso !== undefined) {
    const time = Date.parse(iso.replace(" ", "T").replace(",", "."));
    return Number.isNaN(time) ? null : time;
  }
  const epoch = Number(EPOCH.exec(before)?.[1] ?? Number.NaN);
  if (Number.isNaN(epoch)) return null;
  return epoch > 1e12 ? epoch : Math.round(epoch * 1000);
}
