import { literalText, type Values } from "../../evaluate/domain/value.ts";
import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Call } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import type { SinkTable } from "../../model/signatures/sink.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import { memberOfEach, type ParameterPlace, parameterPlace } from "../calls/parameter-place.ts";
import { envelopeUrl } from "../literals/dsn.ts";
import type { GateRequests, UngatedRequest } from "../switches/gate-requests.ts";

export interface ReporterSearch {
  ev: Questions;
  callers: Callers;
  gates: GateRequests;
  tables: readonly SinkTable[];
  locate: Locate;
}

/**
 * Where crash reports go, by the DSN that an SDK is started with: on its way to the request it is taken apart in too
 * many places.
 */
export function findCrashReporters(search: ReporterSearch): UngatedRequest[] {
  const { ev, gates, tables, locate } = search;
  const seen = new Set<string>();
  return tables.flatMap(({ id, crashReporters = [] }) =>
    crashReporters.flatMap(({ callee, option }) =>
      [...startingCalls(ev.program, callee.slice(2), option)].flatMap((call) => {
        const given = ev.ask(null, (ev) => {
          const options = argument(ev, argumentsOf(call, null), 0).filter((v) => v.kind === "object");
          return memberOf(ev, options, option);
        });
        const urls = textsOf(search, given, 0).flatMap((text) => envelopeUrl(text) ?? []);
        const news = urls.filter((url) => !seen.has(url));
        for (const url of news) seen.add(url);
        if (news.length === 0) return [];
        const found: UngatedRequest = {
          kind: "request",
          method: "POST",
          urls: news.map((url) => [url]),
          headers: [],
          bodyFields: [],
          secrets: [],
          gates: gates.of(call, []),
          confidence: "exact",
          sink: id,
          evidence: callEvidence(locate, call, []),
        };
        return [found];
      }),
    ),
  );
}

/**
 * Calls of a method of the name, and, for bundlers rename what they import, calls that are given an object with the
 * option.
 */
function startingCalls({ callsOfMember, objects }: Program, name: string, option: string): Set<Call> {
  const calls = new Set((callsOfMember.get(name) ?? []).filter((call) => call.arguments.length > 0));
  for (const { kind, of, expression: e } of objects) {
    if (e.kind !== "object" || !e.members.some((m) => m.kind === "value" && m.key === option)) continue;
    if (kind === "argument") calls.add(of);
    else if (kind === "defined") for (const { call, index } of of.passedTo) if (index === 0) calls.add(call);
  }
  return calls;
}

/** Texts that are known, those that callers give for a parameter included. */
function textsOf({ ev, callers }: Pick<ReporterSearch, "ev" | "callers">, given: Values, level: number): string[] {
  const known = ev.ask(null, (ev) => toTexts(ev, given)).flatMap((t) => literalText(t) ?? []);
  const places: ParameterPlace[] =
    level < FIND_BOUNDS.passThroughLevels ? given.flatMap((v) => parameterPlace(v) ?? []) : [];
  const told = places.flatMap(({ func: f, index: i, member }) =>
    callers.of(f).flatMap(({ frame }) => {
      const values = ev.ask(null, (ev) => {
        const all = argument(ev, frame.args ?? [], i);
        return member === null ? all : memberOfEach(ev, all, member);
      });
      return textsOf({ ev, callers }, values, level + 1);
    }),
  );
  return [...known, ...told];
}
