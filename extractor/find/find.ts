import { questionsOf } from "../evaluate/engine/questions.ts";
import type { Program } from "../ir/program.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Findings, RequestFinding } from "../model/finding.ts";
import type { Envelope, SinkTable } from "../model/signature.ts";
import { Callers } from "./calls/callers.ts";
import type { Locate } from "./calls/evidence.ts";
import { findTokens } from "./literals/token-literals.ts";
import { findUrlLiterals } from "./literals/url-literals.ts";
import { findPipelines } from "./pipelines/pipelines.ts";
import { prepare } from "./prepared-program.ts";
import { findRequests } from "./requests/requests.ts";
import { findServiceCalls } from "./requests/rpc-services.ts";
import { deadRequests } from "./requests/unreachable-requests.ts";
import { EnvironmentObjects, findEnvironment } from "./switches/environment-reads.ts";
import { GateRequests, type UngatedRequest, withGates } from "./switches/gate-requests.ts";
import { resolveGates } from "./switches/gates.ts";
import { findCrashReporters } from "./telemetry/crash-reporters.ts";
import { EnvelopeShapes, envelopeKeys } from "./telemetry/envelopes.ts";
import { findEvents } from "./telemetry/events.ts";

export interface FindInput {
  program: Program;
  tables: readonly SinkTable[];
  envelopes: readonly Envelope[];
  locate: Locate;
  /** Does a literal have the shape of a known kind of key? */
  isKey: (value: string, name: string | null) => boolean;
  log: DiagnosticLog;
}

/**
 * Everything that can be said of a linked program, before anything is classified: the passes in their order. Each takes what
 * those before it found and leaves it as it is; what several of them know of a request is put together at the end.
 */
export function find({ program, tables, envelopes: known, locate, isKey, log }: FindInput): {
  findings: Findings;
  sinks: number;
} {
  const { options, sinks, flags } = prepare(program, tables, log);
  const ev = questionsOf(options);
  const callers = new Callers(ev);
  const environments = new EnvironmentObjects(ev);
  const gates = new GateRequests();
  const envelopes = new EnvelopeShapes(known);

  const { requests, sites, sinks: count } = findRequests({ ev, callers, gates, sinks, locate, log });
  const dead = deadRequests(ev, sites, locate);
  const told = findEvents({ ev, callers, gates, sinks, tables, sites, envelopes, locate });
  const carriers = new Set(told.events.flatMap(({ carriers = [] }) => carriers));
  const pipelines = findPipelines({ ev, callers, flags, sinks, tables, sites, envelopes }, { carriers, ...told });
  const services = findServiceCalls({ ev, gates, tables, locate, log });
  const reporters = findCrashReporters({ ev, gates, tables, locate });
  const resolved = resolveGates({ ev, callers, environments, flags }, gates);
  const tokens = findTokens(program, locate, isKey);
  const keys = envelopeKeys({ ev, callers, sites, locate }, told.records);

  const whole = (request: UngatedRequest): RequestFinding => {
    const reason = dead.get(request);
    const fields = told.bodyFields.get(request);
    return {
      ...withGates(request, resolved),
      ...(fields === undefined ? {} : { bodyFields: [...fields].sort() }),
      secrets: [...request.secrets, ...(keys.byRequest.get(request) ?? [])],
      ...(reason === undefined ? {} : { dead: reason }),
    };
  };
  return {
    findings: {
      requests: [...requests, ...services, ...reporters].map(whole),
      events: told.events.map((event) => withGates(event, resolved)),
      allowLists: told.allowLists,
      pipelines,
      flags: flags.found(locate),
      secrets: [...tokens, ...keys.all],
      environment: findEnvironment(ev, environments, callers, locate),
      urls: findUrlLiterals(program, locate),
    },
    sinks: count,
  };
}
