import { Evaluator } from "../evaluate/engine/evaluator.ts";
import { bindModules } from "../evaluate/libraries/bundler-modules.ts";
import type { Program } from "../ir/program.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Findings } from "../model/finding.ts";
import type { Envelope, SinkTable } from "../model/signature.ts";
import { Callers } from "./calls/callers.ts";
import type { Locate } from "./calls/evidence.ts";
import { findTokens } from "./literals/token-literals.ts";
import { findUrlLiterals } from "./literals/url-literals.ts";
import { findPipelines } from "./pipelines/pipelines.ts";
import { findRequests } from "./requests/requests.ts";
import { findServiceCalls } from "./requests/rpc-services.ts";
import { markUnreachable } from "./requests/unreachable-requests.ts";
import { indexSinks } from "./sinks/sink-index.ts";
import { EnvironmentObjects, findEnvironment } from "./switches/environment-reads.ts";
import { FlagReaders } from "./switches/flag-reads.ts";
import { Gates } from "./switches/gates.ts";
import { NecessaryConditions } from "./switches/necessary-conditions.ts";
import { findCrashReporters } from "./telemetry/crash-reporters.ts";
import { EnvelopeRecords, envelopeKeys } from "./telemetry/envelopes.ts";
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

/** Everything that can be said of a linked program, before anything is classified. */
export function find({ program, tables, envelopes, locate, isKey, log }: FindInput): {
  findings: Findings;
  sinks: number;
} {
  const sinks = indexSinks(tables);
  const ev = new Evaluator({
    program,
    log,
    brands: sinks.brands,
    makers: sinks.makers,
    responds: (path) => sinks.byCallee.has(path) || sinks.byCallee.has(`new ${path}`),
  });
  bindModules(ev);
  const callers = new Callers(ev);
  const environments = new EnvironmentObjects(ev);
  const flags = new FlagReaders(
    ev,
    environments,
    tables.flatMap((t) => t.flagReads ?? []),
  );
  ev.flagRead = (call) => flags.nameRead(call);
  const gates = new Gates(ev, callers, new NecessaryConditions(ev, environments, flags));
  const requests = findRequests({ ev, callers, gates, sinks, locate, log });
  markUnreachable(ev, requests.sites, locate);
  const records = new EnvelopeRecords(ev, callers, envelopes);
  const events = findEvents({ ev, callers, gates, sinks, tables, sites: requests.sites, records, locate });
  const carriers = new Set(events.events.flatMap(({ carriers = [] }) => carriers));
  const pipelines = findPipelines(
    { ev, callers, flags, sinks, tables, sites: requests.sites, records },
    carriers,
    events.emitters,
    events.objects,
  );
  const services = findServiceCalls({ ev, gates, tables, locate, log });
  const reporters = findCrashReporters({ ev, gates, tables, locate });
  gates.resolveAll();
  return {
    findings: {
      requests: [...requests.requests, ...services, ...reporters],
      events: events.events,
      allowLists: events.allowLists,
      pipelines,
      flags: flags.found(locate),
      secrets: [
        ...findTokens(program, locate, isKey),
        ...envelopeKeys(ev, callers, records.all, requests.sites, locate),
      ],
      environment: findEnvironment(ev, environments, callers, locate),
      urls: findUrlLiterals(program, locate),
    },
    sinks: requests.sinks,
  };
}
