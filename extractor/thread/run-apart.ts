import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { DiagnosticLog } from "../model/diagnostic.ts";
import type { Progress } from "../model/progress.ts";
import type { AcquireBeside, AskBuiltFor } from "../reader.ts";
import { machineMemory } from "../runtime/machine-memory.ts";
import { type Job, received, type Supplied, sent, type Told } from "./message.ts";

/**
 * Code nests deeper than the stack of a process: Node itself accepts 5,000 `else if` in a row, and the parser calls
 * itself for each. The stack of a thread can be chosen. No kind of code takes more than 1.3 KB of it for each level
 * of nesting in the parser, and no more than twice that afterwards, so that the bound of our own (`MAX_NESTING`) is
 * always met first.
 */
const STACK_MB = 256;
/**
 * What an analysis computes lives longer than V8 expects of new objects. Measured on 13 MB of program: 34.7 s of CPU
 * with V8's own 48 MB, 31.1 s with these, for a fifth more memory.
 */
const YOUNG_MB = 192;
/** After the end of the time given, for what can't be interrupted and for the report. */
const GRACE = { share: 0.2, seconds: 15 };

/**
 * A program of 50 MB lives in 3 GB of heap. Near V8's own limit, 4 GB, three fifths of the time go into looking for
 * garbage: half of a larger machine's memory may be taken.
 */
function memoryLimitMb(): number {
  return Math.floor(Math.max(getHeapStatistics().heap_size_limit, machineMemory() / 2) / 1024 ** 2);
}

export interface Asker {
  onProgress: ((progress: Progress) => void) | undefined;
  /** Gets what is read beside the package. */
  acquire: (spec: string, log: DiagnosticLog) => ReturnType<AcquireBeside>;
  builtFor: AskBuiltFor;
  seconds: number;
}

/** Why a thread came to no answer. */
export type Lost = "time-spent" | "memory-spent";

/**
 * Computes in a thread of its own.
 * @returns what the job yields, or why there is nothing
 * @throws what the job throws
 */
export function runApart<T>(job: Job, asker: Asker): Promise<{ result: T } | { lost: Lost }> {
  const worker = new Worker(new URL("./analysis-worker.js", import.meta.url), {
    // options of the command line that started us, such as --input-type, are not for a file
    execArgv: [],
    workerData: job,
    resourceLimits: {
      stackSizeMb: STACK_MB,
      maxOldGenerationSizeMb: memoryLimitMb(),
      maxYoungGenerationSizeMb: YOUNG_MB,
    },
  });
  return new Promise<{ result: T } | { lost: Lost }>((resolve, reject) => {
    const seconds = asker.seconds * (1 + GRACE.share) + GRACE.seconds;
    const timer = Number.isFinite(seconds) ? setTimeout(() => resolve({ lost: "time-spent" }), seconds * 1000) : null;
    worker.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve({ lost: "memory-spent" });
      else reject(error);
    });
    worker.on("exit", () => reject(new Error("the thread ended without an answer")));
    worker.on("message", (told: Told) => {
      if (told.kind === "progress") asker.onProgress?.(told.progress);
      else if (told.kind === "acquire" || told.kind === "built-for")
        void given(told, asker).then((answer) => worker.postMessage(answer));
      else if (told.kind === "failed") reject(received(told.failure));
      else resolve({ result: told.result as T });
    });
    worker.on("exit", () => timer !== null && clearTimeout(timer));
  }).finally(() => worker.terminate());
}

type Question = Extract<Told, { id: number }>;

async function given({ kind, id, spec }: Question, { acquire, builtFor }: Asker): Promise<Supplied> {
  const log = new DiagnosticLog();
  try {
    if (kind === "built-for") return { id, builtFor: await builtFor(spec) };
    return { id, acquired: await acquire(spec, log), diagnostics: log.list() };
  } catch (error) {
    return { id, failure: sent(error) };
  }
}
