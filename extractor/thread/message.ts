import type { Acquired } from "../acquire/acquired.ts";
import type { BuiltFor } from "../acquire/built-for.ts";
import type { AnalysisOptions, Opened } from "../analysis.ts";
import { type ErrorCode, ExtractorError } from "../errors.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Progress } from "../model/progress.ts";
import type { Report } from "../model/report.ts";

/** What is to be computed, from which bytes. */
export interface Job {
  task: { kind: "analyse" } | { kind: "explain"; known: Report | null; wanted: string };
  opened: Omit<Opened, "log" | "acquire" | "builtFor"> & { diagnostics: readonly Diagnostic[] };
  options: Omit<AnalysisOptions, "onProgress">;
}

/** From the thread that computes to the one that asked. */
export type Told =
  | { kind: "progress"; progress: Progress }
  /** A package that is read beside the other one; answered by `Supplied`. */
  | { kind: "acquire"; id: number; spec: string }
  /** Which machines a package is for; answered by `Supplied`. */
  | { kind: "built-for"; id: number; spec: string }
  | { kind: "done"; result: unknown }
  | { kind: "failed"; failure: SentFailure };

/** What the package was acquired as, for the request of that number; `diagnostics` of that alone. */
export type Supplied = { id: number } & (
  | { acquired: Acquired; diagnostics: readonly Diagnostic[] }
  | { builtFor: BuiltFor | null }
  | { failure: SentFailure }
);

/** An error, as far as it outlives the way between two threads. */
export interface SentFailure {
  /** Null for a defect. */
  code: ErrorCode | null;
  message: string;
  hint: string | undefined;
  stack: string | undefined;
}

export function sent(error: unknown): SentFailure {
  if (error instanceof ExtractorError)
    return { code: error.code, message: error.message, hint: error.hint, stack: error.stack };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: null, message, hint: undefined, stack };
}

export function received({ code, message, hint, stack }: SentFailure): Error {
  const error =
    code === null ? new Error(message) : new ExtractorError(code, message, hint === undefined ? {} : { hint });
  if (stack !== undefined) error.stack = stack;
  return error;
}
