import type { EvaluatorOptions } from "../evaluate/engine/evaluator-options.ts";
import { questionsOf } from "../evaluate/engine/questions.ts";
import { requireCalls, requireParameters } from "../evaluate/libraries/bundler-modules.ts";
import { bindRequires } from "../ir/bind-requires.ts";
import { indexBundledExports } from "../ir/bundled/bundled-exports.ts";
import type { Program } from "../ir/program.ts";
import type { SinkTable } from "../model/signatures/sink.ts";
import { presentTables } from "./sinks/present-tables.ts";
import { indexSinks, type SinkIndex, sinkAt } from "./sinks/sink-index.ts";
import { EnvironmentObjects } from "./switches/environment-reads.ts";
import { FlagReaders } from "./switches/flag-reads.ts";

/** What has to be known before the first question whose answer counts. */
export interface PreparedProgram {
  options: EvaluatorOptions;
  sinks: SinkIndex;
  flags: FlagReaders;
}

/**
 * Finds the `require` of bundled modules and the functions that read flags, with an evaluator that knows neither and
 * is dropped again: an evaluator keeps what it found, so none that is asked further may have answered without them.
 */
export function prepare(
  program: Program,
  tables: readonly SinkTable[],
  { log, time }: Pick<EvaluatorOptions, "log" | "time">,
): PreparedProgram {
  const sinks = indexSinks(presentTables(program, tables));
  const options: EvaluatorOptions = {
    program,
    log,
    time,
    brands: sinks.brands,
    makes: sinks.makers.of,
    isMade: sinks.makers.isMade,
    responds: (path) => sinkAt(sinks, path, false) !== undefined || sinkAt(sinks, path, true) !== undefined,
    flagRead: () => null,
  };
  bindRequires(program, requireParameters(questionsOf(options)));
  indexBundledExports(program, requireCalls(questionsOf(options)));
  const ev = questionsOf(options);
  const hints = tables.flatMap((t) => t.flagReads ?? []);
  const flags = new FlagReaders(ev, new EnvironmentObjects(ev), hints);
  return { options: { ...options, flagRead: (call) => flags.nameRead(call) }, sinks, flags };
}
