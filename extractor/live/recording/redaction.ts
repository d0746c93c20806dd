import { bodyHeaders } from "../../capture/body/body-headers.ts";
import { readBody } from "../../capture/body/read-body.ts";
import { toHeaders } from "../../capture/headers.ts";
import { credentialHash } from "../../classify/credentials.ts";
import { DocumentShapes, TEXT } from "../../compare/check/document-shape.ts";
import { displayUrl, displayUserAgent, namesOfQuery } from "../../compare/match/display-url.ts";
import { targetOf } from "../../compare/match/target.ts";
import { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Envelope } from "../../model/signatures/signature.ts";
import { isBasic } from "../../secrets/judge.ts";
import { looksRandom } from "../../secrets/random.ts";
import type { Observation, SocketMessage } from "../server/observation.ts";

/** Headers that say how a message is written and no more. */
const PLAIN =
  /^(accept(-encoding|-ranges)?|age|allow|cache-control|connection|content-type|date|expires|host|keep-alive|retry-after|server|upgrade|vary|via|sec-websocket-version|grpc-(encoding|status|accept-encoding)|connect-(content-encoding|protocol-version))$/i;
/** They describe the bytes on the wire, which are not kept. */
const OF_BYTES = /^(content-(encoding|length|md5)|transfer-encoding)$/i;
const SECRET = /authorization|cookie|key|token|secret|passw|credential|signature/i;
/** Shorter texts are words, too. */
const SECRET_LENGTH = 8;
const OPTION = /^(--[a-z][\w-]*|-[a-z])(?==|$)/i;
/** What a header says before the secret. */
const SCHEME = /^(Bearer|Basic|Token|Digest|Negotiate)\s+/i;

/**
 * What may be kept of a person's own requests: where they went, how they were written, names and types, and none of
 * the values.
 */
export class Redaction {
  readonly #shapes: DocumentShapes;
  /** Values that authenticate. They are left out wherever else they turn up. */
  readonly #secrets = new Set<string>();

  /** @param environment of the program: variables named as secrets are are taken for such */
  constructor(envelopes: readonly Envelope[], environment: Readonly<Record<string, string>>) {
    this.#shapes = new DocumentShapes(envelopes);
    for (const [name, value] of Object.entries(environment)) if (SECRET.test(name)) this.#learn(value);
  }

  of(seen: Observation): Observation {
    for (let i = 0; i + 1 < seen.rawHeaders.length; i += 2)
      if (SECRET.test(seen.rawHeaders[i]!)) this.#learnHeader(seen.rawHeaders[i + 1]!);
    const { reply, messages } = seen;
    const body = this.#body(seen.body, seen.rawHeaders);
    return {
      ...seen,
      url: this.url(seen.url),
      rawHeaders: this.#headers(seen.rawHeaders, body.length > 0),
      body,
      reply: reply && this.#reply(reply),
      messages: messages?.map((message) => this.#message(message)) ?? null,
    };
  }

  /** Names of the query, and the path without what identifies somebody. */
  url(url: string): string {
    const target = targetOf(url);
    const names = namesOfQuery(target.query);
    const query = names.length === 0 ? "" : `?${names.map((name) => `${name}=${TEXT}`).join("&")}`;
    return this.#without(displayUrl(target, target.scheme, new Set()) + query);
  }

  /** The program and options of a command; what they are set to, and all other words, are the person's. */
  command([program = "", ...words]: readonly string[]): string[] {
    const shown = words.map((word) => (word.startsWith("{package}") ? word : (OPTION.exec(word)?.[0] ?? TEXT)));
    return [program, ...shown].map((word) => this.#without(word));
  }

  /** Names of variables; values of switches. */
  environment(variables: Readonly<Record<string, string>>): Record<string, string> {
    const shown = (value: string) => (/^(\d{1,4}|true|false|yes|no|on|off)?$/i.test(value) ? value : TEXT);
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, shown(value)]));
  }

  #reply(reply: NonNullable<Observation["reply"]>): Observation["reply"] {
    const raw = Object.entries(reply.headers).flat();
    const body = this.#body(reply.body, raw);
    const pairs = this.#headers(raw, body.length > 0);
    const headers: Record<string, string> = {};
    for (let i = 0; i + 1 < pairs.length; i += 2) headers[pairs[i]!] = pairs[i + 1]!;
    return { status: reply.status, headers, body };
  }

  #message(message: SocketMessage): SocketMessage {
    const bytes = Buffer.from(message.data, message.opcode === 2 ? "base64" : "utf8");
    return { ...message, opcode: 1, data: this.#body(bytes, []).toString() };
  }

  /** One document of names and types on a line; empty where the bytes are no documents. */
  #body(bytes: Buffer, raw: readonly string[]): Buffer {
    const pairs = raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ""] as const] : []));
    const { content } = readBody(bytes, bodyHeaders(toHeaders(pairs)), { file: "", record: 0 }, new DiagnosticLog());
    const documents = content === null ? [] : this.#shapes.of(content);
    return Buffer.from(this.#without(documents.map((document) => JSON.stringify(document)).join("\n")));
  }

  #headers(raw: readonly string[], hasBody: boolean): string[] {
    const kept: string[] = [];
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const [name, value] = [raw[i]!, raw[i + 1]!];
      if (name.startsWith(":") || OF_BYTES.test(name)) continue;
      kept.push(name, this.#without(this.#header(name.toLowerCase(), value, hasBody)));
    }
    return kept;
  }

  #header(name: string, value: string, hasBody: boolean): string {
    if (name === "content-type" && hasBody) return "application/json";
    if (name === "user-agent") return displayUserAgent(value);
    if (name === "location") return /^https?:/i.test(value) ? this.url(value) : TEXT;
    if (PLAIN.test(name)) return value;
    const scheme = SCHEME.exec(value)?.[0] ?? "";
    // what a person typed could be guessed from its hash
    return SECRET.test(name) && !isBasic(value) && looksRandom(value.slice(scheme.length))
      ? `${scheme}{sha256:${credentialHash(value)}}`
      : TEXT;
  }

  #learnHeader(value: string): void {
    const scheme = SCHEME.exec(value)?.[0] ?? "";
    const bare = value.slice(scheme.length);
    this.#learn(bare);
    const parts = /^basic/i.test(scheme)
      ? Buffer.from(bare, "base64").toString("utf8").split(":")
      : bare.split(/[;,]\s*/);
    for (const part of parts) this.#learn(part.slice(part.indexOf("=") + 1));
  }

  #learn(value: string): void {
    if (value.length >= SECRET_LENGTH) this.#secrets.add(value);
  }

  #without(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, "{secret}");
    return clean;
  }
}
