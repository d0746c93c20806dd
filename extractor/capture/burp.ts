import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bodyHeaders } from "./body/body-headers.ts";
import { answerText, readBody } from "./body/read-body.ts";
import { bytesOfText } from "./body/text-of-bytes.ts";
import { CaptureDamage } from "./damage.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader } from "./headers.ts";
import { parseHttpMessage } from "./http-message.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import type { CaptureSource } from "./source.ts";

const MAX_ITEM_CHARACTERS = 64 << 20;
const OPEN = "<item>";
const CLOSE = "</item>";

/** Items that Burp Suite saved as XML: each holds a request and its answer as bytes, mostly in base64. */
export const burp: CaptureFormat = {
  label: "Burp items (XML)",
  detect: (sample) => /^\uFEFF?\s*<\?xml/.test(sample) && /<items\b[^>]*\bburpVersion=/.test(sample),
  async *read(source: CaptureSource, log: DiagnosticLog) {
    let record = 0;
    for await (const { text, byte } of itemsOf(source, log)) {
      const at = { file: source.path, record: record + 1 };
      const exchange = toExchange(text, at, log);
      if (exchange === null) log.add("capture-record", `${source.path}: the item at byte ${byte} is not a request`);
      else {
        record++;
        yield exchange;
      }
    }
  },
};

/**
 * Texts between `<item>` and `</item>`; the format has no other element of that name, and CDATA sections are passed
 * over whole.
 */
async function* itemsOf(source: CaptureSource, log: DiagnosticLog): AsyncGenerator<{ text: string; byte: number }> {
  const decoder = new TextDecoder();
  let held = "";
  let byte = 0;
  for await (const chunk of source.chunks()) {
    held += decoder.decode(chunk, { stream: true });
    for (;;) {
      const start = held.indexOf(OPEN);
      const end = start === -1 ? -1 : endOfItem(held, start + OPEN.length);
      if (end === -1) break;
      yield { text: held.slice(start + OPEN.length, end), byte: byte + Buffer.byteLength(held.slice(0, start)) };
      byte += Buffer.byteLength(held.slice(0, end + CLOSE.length));
      held = held.slice(end + CLOSE.length);
    }
    if (held.length > MAX_ITEM_CHARACTERS) {
      log.add("capture-limit", `${source.path}: the item at byte ${byte} is over 64 MB`);
      throw new CaptureDamage("an item of over 64 MB", byte);
    }
  }
  if (held.includes(OPEN)) throw new CaptureDamage("the last item is cut off", byte);
}

function endOfItem(text: string, from: number): number {
  for (let at = from; ; ) {
    const [close, section] = [text.indexOf(CLOSE, at), text.indexOf("<![CDATA[", at)];
    if (close === -1 || section === -1 || close < section) return close;
    const end = text.indexOf("]]>", section);
    if (end === -1) return -1;
    at = end + 3;
  }
}

function toExchange(item: string, at: Exchange["at"], log: DiagnosticLog): Exchange | null {
  const url = requestedUrl(memberOf(item, "url").toString("utf8").trim());
  if (url === null) return null;
  const { firstLine, headers, body } = parseHttpMessage(memberOf(item, "request"));
  const method = /^[A-Z]+(?= )/.exec(firstLine)?.[0] ?? memberOf(item, "method").toString("utf8").trim();
  if (method === "") return null;
  const answer = memberOf(item, "response");
  const response = answer.length === 0 ? null : parseHttpMessage(answer);
  const status = Number(memberOf(item, "status").toString("utf8"));
  const time = Date.parse(memberOf(item, "time").toString("utf8"));
  return {
    method: requestedMethod(method, url, headers),
    url,
    headers,
    userAgent: firstHeader(headers, "user-agent"),
    process: null,
    status: status > 0 ? status : null,
    time: Number.isNaN(time) ? null : time,
    ...readBody(body, bodyHeaders(headers), at, log),
    response:
      response === null
        ? null
        : { headers: response.headers, text: answerText(response.body, response.headers, at, log) },
    failure: null,
    at,
  };
}

/**
 * The bytes of `<name base64="true"><![CDATA[…]]></name>`, the attribute and the section both optional; empty where
 * there is none.
 */
function memberOf(item: string, name: string): Buffer {
  const open = new RegExp(`<${name}(\\s[^>]*)?>(<!\\[CDATA\\[)?`).exec(item);
  if (open === null) return Buffer.alloc(0);
  const from = open.index + open[0].length;
  const end = item.indexOf(open[2] === undefined ? `</${name}>` : "]]>", from);
  const text = item.slice(from, end === -1 ? undefined : end);
  if (/\bbase64="true"/.test(open[1] ?? "")) return Buffer.from(text, "base64");
  return bytesOfText(open[2] === undefined ? unescaped(text) : text);
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name]!);
