import { bindModules } from "../evaluate/bundler-shapes.ts";
import { Evaluator } from "../evaluate/evaluator.ts";
import type { Program } from "../ir/program.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Findings } from "../model/finding.ts";
import type { Envelope, SinkTable } from "../model/signature.ts";
import { Callers } from "./callers.ts";
import { Conditions } from "./conditions.ts";
import { findCrashReporters } from "./crash-reporters.ts";
import { markDead } from "./dead-requests.ts";
import { EnvelopeRecords, envelopeKeys } from "./envelope-records.ts";
import { EnvironmentObjects, findEnvironment } from "./environment.ts";
import { findEvents } from "./events.ts";
import type { Locate } from "./evidence.ts";
import { FlagReaders } from "./flags.ts";
import { Gates } from "./gates.ts";
import { findPipelines } from "./pipelines.ts";
import { findRequests } from "./requests.ts";
import { findServiceCalls } from "./services.ts";
import { indexSinks } from "./sink-index.ts";
import { findTokens } from "./tokens.ts";
import { findUrlLiterals } from "./url-literals.ts";

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
  const gates = new Gates(ev, callers, new Conditions(ev, environments, flags));
  const requests = findRequests({ ev, callers, gates, sinks, locate, log });
  markDead(ev, requests.sites, locate);
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
  gates.settle();
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
