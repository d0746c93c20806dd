import { toTexts } from "../../evaluate/domain/to-text.ts";
import { literalText } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argumentsOf } from "../../evaluate/transfer/call.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { SinkTable } from "../../model/sink.ts";
import { callEvidence, type Locate } from "../calls/evidence.ts";
import { envelopeUrl } from "../literals/dsn.ts";
import type { GateRequests, UngatedRequest } from "../switches/gate-requests.ts";

export interface ReporterSearch {
  ev: Questions;
  gates: GateRequests;
  tables: readonly SinkTable[];
  locate: Locate;
}

/** Where crash reports go, by the DSN that an SDK is started with: on its way to the request it is taken apart in too many places. */
export function findCrashReporters({ ev, gates, tables, locate }: ReporterSearch): UngatedRequest[] {
  return tables.flatMap(({ id, crashReporters = [] }) =>
    crashReporters.flatMap(({ callee, option }) =>
      (ev.program.callsOfMember.get(callee.slice(2)) ?? []).flatMap((call) => {
        if (call.arguments.length === 0) return [];
        const texts = ev.ask(null, (ev) => {
          const options = argument(ev, argumentsOf(call, null), 0).filter((v) => v.kind === "object");
          return toTexts(ev, memberOf(ev, options, option));
        });
        const urls = texts.flatMap((t) => envelopeUrl(literalText(t) ?? "") ?? []);
        if (urls.length === 0) return [];
        const found: UngatedRequest = {
          kind: "request",
          method: "POST",
          urls: urls.map((url) => [url]),
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
