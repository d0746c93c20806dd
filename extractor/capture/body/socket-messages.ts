import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Content, Exchange } from "../../model/exchange.ts";
import type { BodyHeaders } from "./body-headers.ts";
import { documentsOf } from "./read-body.ts";

/** A socket can stay open for hours. */
const MAX_MESSAGES = 10_000;

/**
 * What the client sent through a websocket, as the body of the request that opened it: the documents of all messages.
 */
export function socketContent(messages: readonly Buffer[], at: Exchange["at"], log: DiagnosticLog): Content | null {
  const left = messages.length - MAX_MESSAGES;
  if (left > 0) log.add("capture-limit", `${at.file}: messages of the websocket of request ${at.record}`, left);
  const documents = messages.slice(0, MAX_MESSAGES).flatMap((bytes) => documentsOf(bytes, NO_HEADERS, at, log));
  return documents.length === 0 ? null : { kind: "json-lines", documents };
}

const NO_HEADERS: BodyHeaders = { type: "", encoding: null, messageEncoding: null, length: 0 };
