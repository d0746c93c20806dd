import type { Call } from "../../ir/expression.ts";
import type { Program } from "../../ir/program.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { Brand } from "../../model/signatures/sink.ts";
import type { TimeLimit } from "../../model/time-limit.ts";

export interface EvaluatorOptions {
  program: Program;
  log: DiagnosticLog;
  /** Looked at now and then; without one there is no limit. */
  time?: TimeLimit | undefined;
  brands: readonly Brand[];
  /**
   * What a call that makes a client of a known library makes, a call of `ky#create` for one; undefined for other
   * calls.
   */
  makes: (path: string) => Made | undefined;
  /** Is it what such calls make? */
  isMade: (path: string) => boolean;
  /** Natives whose calls bring back what a server answered. */
  responds: (path: string) => boolean;
  /** The remote flag that a call reads; null for other calls. */
  flagRead: (call: Call) => string | null;
  /**
   * A part of a text that has no value is one that nobody knows. Else the text has no value either: such a part may
   * stand on a way that nobody takes, `null.path`.
   */
  gaps?: boolean;
}

/** What a maker of clients yields. */
export interface Made {
  /** As if imported: `ky#`. */
  client: string;
  /** It is the client that the maker was called on, with the same options. */
  same: boolean;
}
