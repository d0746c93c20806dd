import { Evaluator } from "../evaluate/evaluator.ts";
import type { Program } from "../ir/program.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Findings } from "../model/finding.ts";
import type { SinkTable } from "../model/signature.ts";
import { Callers } from "./callers.ts";
import { findEnvironment } from "./environment.ts";
import { findEvents } from "./events.ts";
import type { Locate } from "./evidence.ts";
import { findRequests } from "./requests.ts";
import { indexSinks } from "./sink-index.ts";
import { findTokens } from "./tokens.ts";
import { findUrlLiterals } from "./url-literals.ts";

export interface FindInput {
  program: Program;
  tables: readonly SinkTable[];
  locate: Locate;
  /** Does a literal have the shape of a known kind of key? */
  isKey: (value: string, name: string | null) => boolean;
  log: DiagnosticLog;
}

/** Everything that can be said of a linked program, before anything is classified. */
export function find({ program, tables, locate, isKey, log }: FindInput): { findings: Findings; sinks: number } {
  const sinks = indexSinks(tables);
  const ev = new Evaluator({
    program,
    log,
    brands: sinks.brands,
    makers: sinks.makers,
    responds: (path) => sinks.byCallee.has(path) || sinks.byCallee.has(`new ${path}`),
  });
  const callers = new Callers(ev);
  const requests = findRequests({ ev, callers, sinks, locate, log });
  return {
    findings: {
      requests: requests.requests,
      events: findEvents({ ev, callers, tables, locate }),
      secrets: findTokens(program, locate, isKey),
      environment: findEnvironment(ev, callers, locate),
      urls: findUrlLiterals(program, locate),
    },
    sinks: requests.sinks,
  };
}
