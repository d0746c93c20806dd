import { questionsOf } from "../evaluate/engine/questions.ts";
import type { Program } from "../ir/program.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Findings, RequestFinding } from "../model/finding.ts";
import type { Envelope } from "../model/signatures/signature.ts";
import type { SinkTable } from "../model/signatures/sink.ts";
import { NO_LIMIT, type TimeLimit } from "../model/time-limit.ts";
import { Callers } from "./calls/callers.ts";
import type { Locate } from "./calls/evidence.ts";
import { findTokens } from "./literals/token-literals.ts";
import { findUrlLiterals } from "./literals/url-literals.ts";
import { findPipelines } from "./pipelines/pipelines.ts";
import { prepare } from "./prepared-program.ts";
import { CutSearches } from "./requests/cut-searches.ts";
import { withoutOpened } from "./requests/opened-connections.ts";
import { findRequests } from "./requests/requests.ts";
import { findServiceCalls, withoutTransports } from "./requests/rpc-services.ts";
import { deadRequests } from "./requests/unreachable-requests.ts";
import { EnvironmentObjects, findEnvironment } from "./switches/environment-reads.ts";
import { GateRequests, type ResolvedGates, type UngatedRequest, withGates } from "./switches/gate-requests.ts";
import { resolveGates } from "./switches/gates.ts";
import { findCrashReporters } from "./telemetry/crash-reporters.ts";
import { EnvelopeShapes, envelopeKeys } from "./telemetry/envelopes.ts";
import { type FoundEvents, findEvents } from "./telemetry/events.ts";
import { findStatedRequests } from "./telemetry/stated-requests.ts";

export interface FindInput {
  program: Program;
  tables: readonly SinkTable[];
  envelopes: readonly Envelope[];
  locate: Locate;
  /** Does a literal have the shape of a known kind of key? */
  isKey: (value: string, name: string | null) => boolean;
  log: DiagnosticLog;
  time?: TimeLimit;
  /** Told what is looked for, and how many of how many passes are done. */
  onPass?: (what: string, done: number, total: number) => void;
}

const NO_REQUESTS: ReturnType<typeof findRequests> = { requests: [], sites: [], sinks: 0 };
const NONE_DEAD: ReturnType<typeof deadRequests> = new Map();
const NO_EVENTS: FoundEvents = {
  events: [],
  allowLists: [],
  emitters: [],
  objects: [],
  records: [],
  bodyFields: new Map(),
};
const NO_GATES: ResolvedGates = { of: () => [] };
const NO_KEYS: ReturnType<typeof envelopeKeys> = { all: [], byRequest: new Map() };

interface Found {
  findings: Findings;
  sinks: number;
}

type Literal = Pick<Findings, "secrets" | "urls">;

/** Everything that can be said of a linked program in the time given, before anything is classified. */
export function find(input: FindInput): Found {
  const { program, locate, isKey, log, time = NO_LIMIT } = input;
  const literal: Literal = { secrets: findTokens(program, locate, isKey), urls: findUrlLiterals(program, locate) };
  return time.within(
    1,
    () => findAll(input, time, literal),
    () => {
      log.add("time-spent", "no call was looked at");
      return { findings: { requests: [], events: [], environment: [], ...literal }, sinks: 0 };
    },
  );
}

/**
 * Everything that can be said of a linked program, before anything is classified: the passes in their order. Each
 * takes what those before it found and leaves it as it is; what several of them know of a request is put together at
 * the end.
 */
function findAll(input: FindInput, time: TimeLimit, literal: Literal): Found {
  const { program, tables, envelopes: known, locate, log } = input;
  let done = 0;
  const passes = 9;
  const pass = <T>(share: number, what: string, work: () => T, otherwise: T): T => {
    input.onPass?.(what, done++, passes);
    return time.within(share, work, () => {
      log.add("time-spent", `${what} were not looked for to the end`);
      return otherwise;
    });
  };
  const { options, sinks, flags } = prepare(program, tables, { log, time });
  const ev = questionsOf(options);
  const callers = new Callers(ev);
  const environments = new EnvironmentObjects(ev);
  const gates = new GateRequests();
  const envelopes = new EnvelopeShapes(known);

  const cuts = new CutSearches(log, locate);
  const filling = questionsOf({ ...options, gaps: true });
  const search = { ev, filling, callers, gates, sinks, locate, log, time, cuts };
  const { requests, sites, sinks: count } = pass(0.5, "requests", () => findRequests(search), NO_REQUESTS);
  const stated = pass(0.1, "stated requests", () => findStatedRequests({ ev, gates, tables, locate }, requests), []);
  const dead = pass(0.2, "requests that nothing reaches", () => deadRequests(ev, sites, locate), NONE_DEAD);
  const all = { ev, callers, gates, sinks, tables, sites: [...sites, ...stated], envelopes, locate };
  const told = pass(0.5, "telemetry events", () => findEvents(all), NO_EVENTS);
  const carriers = new Set(told.events.flatMap(({ carriers = [] }) => carriers));
  const pipelines = pass(0.3, "pipelines", () => findPipelines({ ...all, flags }, { carriers, ...told }), []);
  const services = pass(0.4, "remote procedure calls", () => findServiceCalls({ ev, gates, tables, locate, log }), []);
  const reporters = pass(0.4, "crash reporters", () => findCrashReporters({ ev, callers, gates, tables, locate }), []);
  const resolved = pass(0.7, "switches", () => resolveGates({ ev, callers, environments, flags }, gates), NO_GATES);
  const keys = pass(
    0.5,
    "keys of events",
    () => envelopeKeys({ ev, callers, sites: all.sites, locate }, told.records),
    NO_KEYS,
  );
  const environment = pass(1, "environment variables", () => findEnvironment(ev, environments, callers, locate), []);

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
      requests: [
        ...withoutOpened(withoutTransports(requests, services)),
        ...stated.map(({ request }) => request),
        ...services,
        ...reporters,
      ].map(whole),
      events: told.events.map((event) => withGates(event, resolved)),
      allowLists: told.allowLists,
      pipelines,
      flags: flags.found(locate),
      secrets: [...literal.secrets, ...keys.all],
      environment,
      urls: literal.urls,
      cuts: [...cuts.list()],
    },
    sinks: count,
  };
}
