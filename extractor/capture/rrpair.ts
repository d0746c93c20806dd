import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Exchange } from "../model/exchange.ts";
import { bodyHeaders } from "./body/body-headers.ts";
import { answerText, readBody } from "./body/read-body.ts";
import { CaptureDamage } from "./damage.ts";
import type { CaptureFormat } from "./format.ts";
import { firstHeader, type Headers, toHeaders } from "./headers.ts";
import { requestedMethod, requestedUrl } from "./requested-url.ts";
import { wholeFile } from "./rrpair-json.ts";
import type { CaptureSource } from "./source.ts";

/**
 * `### REQUEST ###`, `### RESPONSE (MOCK) ###`, `### INTERNAL - DO NOT MODIFY ###`. Nothing else ends a section:
 * bodies may hold fences.
 */
const SECTION = /^### ([A-Z][A-Z -]*?)(?: \([A-Z]+\))? ###[ \t]*$/gm;

/**
 * A proxymock RRPair as Markdown. Two layouts exist: real files fence head and body of request and response
 * separately; the older documented one has no fences, and sometimes no status line.
 */
export const rrpair: CaptureFormat = {
  label: "RRPair",
  detect: (sample) => /^\uFEFF?\s*### REQUEST(?: \([A-Z]+\))? ###/.test(sample),
  async *read(source: CaptureSource, log: DiagnosticLog) {
    const text = (await wholeFile(source)).toString("utf8").replaceAll("\r\n", "\n");
    const sections = splitSections(text);
    const request = sections.get("REQUEST");
    const exchange =
      request === undefined ? null : toExchange(request, sections, { file: source.path, record: 1 }, log);
    if (exchange === null) throw new CaptureDamage("the request section has no METHOD URL line", 0);
    yield exchange;
    if (!sections.has("RESPONSE"))
      throw new CaptureDamage("the file ends before the response section", Buffer.byteLength(text));
  },
};

function splitSections(text: string): Map<string, string> {
  const sections = new Map<string, string>();
  const marks = [...text.matchAll(SECTION)];
  for (const [i, mark] of marks.entries()) {
    const name = mark[1]!.split(" - ")[0]!;
    // The first of a name counts: a body that quotes such a line can't replace what stands before it.
    if (!sections.has(name)) sections.set(name, text.slice(mark.index + mark[0].length + 1, marks[i + 1]?.index));
  }
  return sections;
}

interface Message {
  firstLine: string;
  headers: Headers;
  body: string;
}

function toExchange(
  request: string,
  sections: Map<string, string>,
  at: Exchange["at"],
  log: DiagnosticLog,
): Exchange | null {
  const message = parseMessage(request, /^[A-Z]+ \S/);
  const [, method, target] = /^([A-Z]+) (\S+)/.exec(message.firstLine) ?? [];
  if (method === undefined || target === undefined) return null;
  const { headers } = message;
  const url = requestedUrl(target.startsWith("/") ? `https://${firstHeader(headers, "host") ?? ""}${target}` : target);
  if (url === null) return null;
  const text = sections.get("RESPONSE");
  const answer = text === undefined ? null : parseMessage(text, /^HTTP\/[\d.]+ \d/);
  const status = /^HTTP\/[\d.]+ (\d{3})/.exec(answer?.firstLine ?? "")?.[1];
  return {
    method: requestedMethod(method, url, headers),
    url,
    headers,
    userAgent: firstHeader(headers, "user-agent"),
    process: null,
    status: status === undefined ? null : Number(status),
    time: timeOf(sections.get("METADATA") ?? ""),
    ...readBody(Buffer.from(message.body), bodyHeaders(headers), at, log),
    response:
      answer === null
        ? null
        : { headers: answer.headers, text: answerText(Buffer.from(answer.body), answer.headers, at, log) },
    failure: null,
    at,
  };
}

/** Head and body of one section, in either layout. */
function parseMessage(section: string, isFirstLine: RegExp): Message {
  const [head, body] = section.trimStart().startsWith("```") ? fenced(section) : unfenced(section);
  const lines = head.split("\n");
  const firstLine = isFirstLine.test(lines[0] ?? "") ? lines.shift()! : "";
  return { firstLine, headers: toHeaders(lines.flatMap(headerPairs)), body };
}

/**
 * Head up to its closing fence; body from the next opening fence to the last one, since nothing escapes fences
 * inside.
 */
function fenced(section: string): [string, string] {
  const text = section.trimStart();
  const start = text.indexOf("\n") + 1;
  const close = text.indexOf("\n```", start - 1);
  if (close === -1) return [text.slice(start), ""];
  const head = text.slice(start, Math.max(start, close));
  const open = /\n```[^\n]*\n/g;
  open.lastIndex = close + 4;
  const opening = open.exec(text);
  if (opening === null) return [head, ""];
  const end = text.lastIndexOf("\n```");
  const from = opening.index + opening[0].length;
  return [head, end >= from - 1 ? text.slice(from, Math.max(from, end)) : text.slice(from)];
}

function unfenced(section: string): [string, string] {
  const text = section.replace(/^\n+/, "");
  const blank = text.indexOf("\n\n");
  return blank === -1 ? [text.trimEnd(), ""] : [text.slice(0, blank), text.slice(blank + 2).trimEnd()];
}

/** `Name: a\, b, c`: an escaped comma belongs to the value, a bare one separates values. */
function headerPairs(line: string): [string, string][] {
  const colon = line.indexOf(": ");
  if (colon <= 0) return [];
  const name = line.slice(0, colon);
  const values = line.slice(colon + 2).split(/(?<!\\), /);
  return values.map((value) => [name, value.replaceAll("\\,", ",")]);
}

function timeOf(metadata: string): number | null {
  const time = Date.parse(/^ts: (\S+)/m.exec(metadata)?.[1] ?? "");
  return Number.isNaN(time) ? null : time;
}
