import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Content, ContentKind, Exchange } from "../../model/exchange.ts";
import type { BodyHeaders } from "./body-headers.ts";
import { withoutEncoding } from "./encodings.ts";
import { parseForm } from "./form.ts";
import { parseJsonLines, readDocument } from "./json.ts";
import { parseLineProtocol } from "./line-protocol.ts";
import { multipartFields } from "./multipart.ts";
import { parseOtlp } from "./otlp.ts";
import { rpcMessages } from "./rpc-frames.ts";
import { packedInText } from "./text-of-bytes.ts";

interface Reading {
  bytes: Buffer;
  /** The same as UTF-8, or null where it isn't text. */
  text: string | null;
  headers: BodyHeaders;
}

type Reader = (reading: Reading) => unknown[] | null;

/**
 * In this order: the first reader that understands the body decides. Types are a hint only where two kinds look
 * alike: JSON is sent as text/plain, and a stream of documents as application/json.
 */
const READERS: [ContentKind, Reader][] = [
  [
    "rpc",
    ({ bytes, headers }) => (/^application\/(grpc|connect)/i.test(headers.type) ? rpcDocuments(bytes, headers) : null),
  ],
  ["multipart", ({ bytes, headers }) => (/^multipart\//i.test(headers.type) ? multipartDocuments(bytes) : null)],
  ["json", ({ text }) => documentOf(text)],
  ["json-lines", ({ text }) => (text === null ? null : parseJsonLines(text))],
  ["form", ({ text, headers }) => (text !== null && isForm(text, headers.type) ? [parseForm(text)] : null)],
  ["line-protocol", ({ text }) => (text === null ? null : parseLineProtocol(text))],
  ["text", ({ text }) => (text === null ? null : [])],
  ["otlp", ({ bytes }) => wrapped(parseOtlp(bytes))],
  ["binary", () => []],
];

/**
 * A body as it stood on the wire, or already decoded by the recorder: both give the same. What is damaged, was left
 * out by the recorder, or gives no document is counted: an event in it would be missed.
 */
export function readBody(
  raw: Buffer,
  headers: BodyHeaders,
  at: Exchange["at"],
  log: DiagnosticLog,
): { body: Uint8Array | null; content: Content | null } {
  const unread = (why: string) => log.add("capture-body", `${at.file}: the body of request ${at.record} ${why}`);
  if (raw.length === 0) {
    if (headers.length > 0) unread(`(${headers.length} bytes) is not in the capture`);
    return { body: null, content: null };
  }
  const bytes = unpacked(raw, headers, unread);
  if (bytes === null) return { body: raw, content: { kind: "binary", documents: [] } };
  const content = contentOf(bytes, headers, unread);
  if (content.kind === "multipart" && content.documents.some(hasFile)) unread("has files in it, which are not read");
  if (content.documents.length === 0) unread(`is not understood: ${content.kind}${saidToBe(headers)}`);
  return { body: bytes, content };
}

/** What a message of a websocket says; one of plain text is no body, and says nothing. */
export function documentsOf(raw: Buffer, headers: BodyHeaders, at: Exchange["at"], log: DiagnosticLog): unknown[] {
  const unread = (why: string) => log.add("capture-body", `${at.file}: a message of request ${at.record} ${why}`);
  const bytes = raw.length === 0 ? null : unpacked(raw, headers, unread);
  if (bytes === null) return [];
  const { kind, documents } = contentOf(bytes, headers, unread);
  if (documents.length === 0 && kind !== "text") unread(`is not understood: ${kind}`);
  return documents;
}

function multipartDocuments(bytes: Buffer): unknown[] {
  const fields = multipartFields(bytes);
  return Object.keys(fields).length === 0 ? [] : [fields];
}

const hasFile = (fields: unknown): boolean => Object.values(fields as object).includes(null);

const saidToBe = ({ type }: BodyHeaders): string =>
  type === "" ? "" : `, said to be ${type.split(";")[0]!.slice(0, 80)}`;

function unpacked(raw: Buffer, { encoding }: BodyHeaders, unread: (why: string) => void): Buffer | null {
  try {
    return withoutEncoding(raw, encoding);
  } catch {
    unread("does not unpack");
    return null;
  }
}

function contentOf(bytes: Buffer, headers: BodyHeaders, unread: (why: string) => void): Content {
  const text = textOf(bytes, headers.type);
  const reading = { bytes, text, headers };
  for (const [kind, read] of READERS) {
    try {
      const documents = read(reading);
      if (documents === null) continue;
      const inside = kind === "text" ? packedInText(text!) : null;
      if (inside !== null) return contentOf(inside, headers, unread);
      return { kind: isOtlp(documents) ? "otlp" : kind, documents };
    } catch {
      unread(`cannot be read as ${kind}`);
    }
  }
  return { kind: "binary", documents: [] };
}

/** Text of an answer for what it names; null for event streams, binary and what is too long to matter. */
export function answerText(
  raw: Buffer,
  headers: Record<string, string[]>,
  at: Exchange["at"],
  log: DiagnosticLog,
): string | null {
  const type = headers["content-type"]?.[0] ?? "";
  if (raw.length === 0 || /^(text\/event-stream|image\/|audio\/|video\/|font\/)/i.test(type)) return null;
  try {
    const bytes = withoutEncoding(raw, headers["content-encoding"]?.[0] ?? null);
    return bytes.length <= MAX_ANSWER_BYTES ? textOf(bytes, type) : null;
  } catch {
    log.add("capture-body", `${at.file}: the answer to request ${at.record} does not unpack`);
    return null;
  }
}

const MAX_ANSWER_BYTES = 1 << 20;

const documentOf = (text: string | null): unknown[] | null =>
  wrapped(text === null ? null : (readDocument(text)?.document ?? null));

const wrapped = (document: unknown): unknown[] | null => (document === null ? null : [document]);

/** gRPC and Connect streams of JSON give their documents; of Protocol Buffers only OTLP has a known schema. */
function rpcDocuments(bytes: Buffer, headers: BodyHeaders): unknown[] | null {
  const messages = rpcMessages(bytes, headers.messageEncoding);
  if (messages === null) return null;
  return messages.flatMap((message) => wrapped(parseOtlp(message)) ?? documentOf(textOf(message, "")) ?? []);
}

const isForm = (text: string, type: string): boolean =>
  /^application\/x-www-form-urlencoded/i.test(type) ||
  (type === "" && /^[\w.-]+=[^\s&]*(&[\w.-]+=[^\s&]*)+$/.test(text));

const isOtlp = (documents: unknown[]): boolean =>
  documents.length > 0 &&
  documents.every((document) => {
    const keys = typeof document === "object" && document !== null ? Object.keys(document) : [];
    return keys.length > 0 && keys.every((key) => /^resource(Spans|Metrics|Logs)$/.test(key));
  });

function textOf(bytes: Buffer, type: string): string | null {
  if (
    /^application\/(octet-stream|x-protobuf|protobuf|proto)\b/i.test(type) &&
    !/^\s*[[{]/.test(bytes.toString("latin1", 0, 16))
  ) {
    return null;
  }
  if (CONTROL.test(bytes.toString("latin1", 0, 1024))) return null;
  return bytes.toString("utf8");
}

/** Characters that no text has. Escape and record separator stand in logs and in sequences of JSON. */
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c\x1d\x1f]/;
