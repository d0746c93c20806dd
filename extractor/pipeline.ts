import { acquire } from "./acquire/acquire.ts";
import type { AcquireContext, AcquireOptions } from "./acquire/acquired.ts";
import type { AnalysisOptions, Opened } from "./analysis.ts";
import { ExtractorError } from "./errors.ts";
import { KeptReport } from "./kept-reports.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Platform } from "./model/platform.ts";
import type { Report } from "./model/report.ts";
import type { Signatures } from "./model/signatures/signature.ts";
import { DEFAULT_SECONDS } from "./model/time-limit.ts";
import type { AskBuiltFor } from "./reading.ts";
import { loadSignatures } from "./signatures/load.ts";
import type { Job } from "./thread/message.ts";
import type { Lost } from "./thread/run-apart.ts";

export interface PipelineOptions extends AnalysisOptions {
  cache: Omit<AcquireOptions, "onProgress">;
  /** False: the report is neither taken from those of earlier runs nor kept for later ones. */
  keep?: boolean;
}

/**
 * Spec -> report. What only an analysis needs is loaded where there is no report from before.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function extract(spec: string, options: PipelineOptions): Promise<Report> {
  const { kept, context, ...opened } = await open(spec, options);
  const known = await kept?.read();
  if (known) return known;
  const made = await compute<{ report: Report; isPinned: boolean }>({ kind: "analyse" }, opened, context, options);
  if ("lost" in made) return (await import("./analysis.ts")).reportOfNothing(opened, made.lost);
  const { report, isPinned } = made.result;
  if (isPinned) await kept?.write(report);
  return report;
}

/**
 * Spec and endpoint -> how its URL came about.
 * @param wanted its id, or a text that only its `METHOD URL` has
 * @throws ExtractorError for what the person who asked can mend
 */
export async function explain(spec: string, wanted: string, options: PipelineOptions): Promise<Explanation> {
  const { kept, context, ...opened } = await open(spec, options);
  const known = (await kept?.read()) ?? null;
  const made = await compute<Explanation>({ kind: "explain", known, wanted }, opened, context, options);
  if ("result" in made) return made.result;
  const [what, hint] =
    made.lost === "time-spent"
      ? ["time", "give it more with --max-time"]
      : ["memory", "give it more with NODE_OPTIONS=--max-old-space-size=8192"];
  throw new ExtractorError("bad-input", `${spec} takes more ${what} than there is`, { hint });
}

/**
 * In a thread of its own, which has a larger stack and can be ended; from source, where there is no file for it, in
 * this one.
 */
async function compute<T>(
  task: Job["task"],
  opened: Opened,
  context: AcquireContext,
  options: PipelineOptions,
): Promise<{ result: T } | { lost: Lost }> {
  if (import.meta.url.endsWith(".ts")) {
    const { analyse, explainIn } = await import("./analysis.ts");
    const result =
      task.kind === "analyse"
        ? // its texts are pieces of the files that were read, and would keep these in memory for as long as it is kept itself
          structuredClone(await analyse(opened, options))
        : await explainIn(opened, task.known, task.wanted, options);
    return { result: result as T };
  }
  const { runApart } = await import("./thread/run-apart.ts");
  const { log, acquire: _, builtFor: _ask, ...rest } = opened;
  const { onProgress, cache: __, keep: ___, ...asked } = options;
  return runApart<T>(
    { task, opened: { ...rest, diagnostics: log.list() }, options: asked },
    {
      onProgress,
      acquire: (spec, own) => beside(spec, { ...context, log: own }),
      builtFor: askOf(context),
      seconds: options.maxSeconds ?? DEFAULT_SECONDS,
    },
  );
}

/** Of a package that is read beside another one nobody is told when it was published. */
const beside = (spec: string, context: AcquireContext) =>
  acquire(spec, { ...context, options: { ...context.options, dated: false } });

/** npm's libraries take a tenth of a second to load: only where somebody asks. */
const askOf =
  (context: AcquireContext): AskBuiltFor =>
  async (spec) =>
    (await import("./acquire/built-for.ts")).builtFor(spec, context);

/** @returns kept: null where the report is neither to be kept nor to be read */
async function open(
  spec: string,
  options: PipelineOptions,
): Promise<Opened & { kept: KeptReport | null; context: AcquireContext }> {
  const log = new DiagnosticLog();
  options.onProgress?.({ stage: "open", done: 0, total: null });
  const signatures = await loadSignatures();
  const context = acquireContext(signatures, options, log);
  const acquired = await acquire(spec, context);
  const { identity, tool } = acquired;
  const { cache, onProgress: _, maxSeconds: __, keep = true, ...asked } = options;
  // values of credentials are printed if asked for, and never left on the disk
  const kept =
    options.reveal || !keep
      ? null
      : await KeptReport.of(identity.integrity, [identity, tool, asked, signatures], cache);
  return {
    spec,
    signatures,
    context,
    acquire: (other) => beside(other, context),
    builtFor: askOf(context),
    acquired,
    kept,
    log,
  };
}

/**
 * The platforms a package has packages for; empty where it is the same everywhere.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function platformsOf(spec: string, options: PipelineOptions): Promise<Platform[]> {
  const log = new DiagnosticLog();
  const context = acquireContext(await loadSignatures(), options, log);
  const { listPlatforms } = await import("./reading.ts");
  return listPlatforms(spec, {
    acquire: (other) => beside(other, context),
    builtFor: askOf(context),
    log,
    limits: options.limits,
  });
}

function acquireContext({ tools }: Signatures, options: PipelineOptions, log: DiagnosticLog): AcquireContext {
  const onProgress: AcquireOptions["onProgress"] = (p) =>
    options.onProgress?.({ stage: p.step, done: "bytes" in p ? p.bytes : 0, total: null, detail: p.spec });
  return { tools, options: { ...options.cache, onProgress }, log };
}
