import type { Call } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Brand } from "../../model/signature.ts";
import type { TimeLimit } from "../../model/time-limit.ts";

export interface EvaluatorOptions {
  program: Program;
  log: DiagnosticLog;
  /** Looked at now and then; without one there is no limit. */
  time?: TimeLimit | undefined;
  brands: readonly Brand[];
  /** Calls that make a client of a known library, by what they make. */
  makers: ReadonlyMap<string, string>;
  /** Natives whose calls bring back what a server answered. */
  responds: (path: string) => boolean;
  /** The remote flag that a call reads; null for other calls. */
  flagRead: (call: Call) => string | null;
}
