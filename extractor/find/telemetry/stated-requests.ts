import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Program } from "../../ir/program.ts";
import type { SinkTable } from "../../model/signatures/sink.ts";
import type { EventCall } from "../../model/signatures/telemetry-hints.ts";
import { printTemplate, type Template } from "../../model/template.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import type { RequestSite } from "../requests/carried-by.ts";
import type { GateRequests, UngatedRequest } from "../switches/gate-requests.ts";
import { callsOfMethod } from "./event-calls.ts";

export interface StatedSearch {
  ev: Questions;
  gates: GateRequests;
  tables: readonly SinkTable[];
  locate: Locate;
}

/**
 * Requests of clients whose way from the method that a program calls to the socket leads through too many hands:
 * those that the client's documentation states, where the code holds the client's address or imports it, and no such
 * request was found.
 * @param found the requests seen so far, which those here are numbered after
 */
export function findStatedRequests(
  { ev, gates, tables, locate }: StatedSearch,
  found: readonly UngatedRequest[],
): RequestSite[] {
  const seen = new Set(found.flatMap(({ urls }) => urls.map(printTemplate)));
  const sites: RequestSite[] = [];
  for (const { id, eventCalls = [] } of tables) {
    for (const eventCall of eventCalls) {
      const { stated } = eventCall;
      if (stated === undefined || !isThere(ev.program, stated)) continue;
      const [call] = callsOfMethod(ev.program, eventCall);
      if (call === undefined) continue;
      for (const { method, url } of stated.requests) {
        if ([...seen].some((known) => isSent(known, url))) continue;
        seen.add(url);
        const request: UngatedRequest = {
          kind: "request",
          method,
          urls: [templateOf(url)],
          headers: [],
          bodyFields: [],
          secrets: [],
          gates: gates.of(call, []),
          confidence: "partial",
          sink: id,
          evidence: callEvidence(locate, call, []),
          ref: found.length + sites.length,
        };
        sites.push({ request, call, path: [] });
      }
    }
  }
  return sites;
}

/** Does the code hold a URL of the client's, or import it? */
function isThere({ units }: Program, { marks, packages }: NonNullable<EventCall["stated"]>): boolean {
  return units.some(
    ({ urls, imports, loads }) =>
      urls.some(({ text, place }) => place !== "comment" && marks.some((mark) => text.includes(mark))) ||
      imports.some(({ specifier }) => packages.includes(specifier)) ||
      loads.some((specifier) => packages.includes(specifier)),
  );
}

/** There already, or told to another host: `new Client({ host })`. */
const isSent = (known: string, url: string): boolean =>
  withoutHoles(known).startsWith(withoutHoles(url)) || (pathOf(url) !== "" && pathOf(known) === pathOf(url));

const pathOf = (url: string): string => withoutHoles(url).replace(/^[a-z]+:\/\/[^/]*/i, "");

const withoutHoles = (url: string): string => url.replace(/\{.*$/, "").replace(/\/$/, "");

/** `https://x/{key}.json` */
const templateOf = (url: string): Template =>
  url
    .split(/(\{\w+\})/)
    .flatMap(
      (part): Template =>
        part === "" ? [] : [part.startsWith("{") ? { kind: "unknown" as const, name: part.slice(1, -1) } : part],
    );
