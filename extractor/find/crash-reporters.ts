import { argumentsOf } from "../evaluate/call.ts";
import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberOf } from "../evaluate/member.ts";
import { toTexts } from "../evaluate/text-of.ts";
import { known } from "../evaluate/value.ts";
import type { RequestFinding } from "../model/finding.ts";
import type { SinkTable } from "../model/signature.ts";
import { envelopeUrl } from "./dsn.ts";
import { callEvidence, type Locate } from "./evidence.ts";
import type { Gates } from "./gates.ts";

export interface ReporterSearch {
  ev: Evaluator;
  gates: Pick<Gates, "of">;
  tables: readonly SinkTable[];
  locate: Locate;
}

/** Where crash reports go, by the DSN that an SDK is started with: on its way to the request it is taken apart in too many places. */
export function findCrashReporters({ ev, gates, tables, locate }: ReporterSearch): RequestFinding[] {
  return tables.flatMap(({ id, crashReporters = [] }) =>
    crashReporters.flatMap(({ callee, option }) =>
      (ev.program.callsOfMember.get(callee.slice(2)) ?? []).flatMap((call) => {
        if (call.a.length === 0) return [];
        const texts = ev.ask(null, () => {
          const options = argument(ev, argumentsOf(call, null), 0).filter((v) => v.t === "object");
          return toTexts(ev, memberOf(ev, options, option));
        });
        const urls = texts.flatMap((t) => envelopeUrl(known(t) ?? "") ?? []);
        if (urls.length === 0) return [];
        const found: RequestFinding = {
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
