import { acquire } from "./acquire/acquire.ts";
import type { AcquireContext, AcquireOptions } from "./acquire/acquired.ts";
import type { AnalysisOptions, Opened } from "./analysis.ts";
import { KeptReport } from "./kept-reports.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Platform } from "./model/platform.ts";
import type { Report } from "./model/report.ts";
import type { Signatures } from "./model/signature.ts";
import { loadSignatures } from "./signatures/load.ts";

export interface PipelineOptions extends AnalysisOptions {
  cache: Omit<AcquireOptions, "onProgress">;
}

/**
 * Spec -> report. What only an analysis needs is loaded where there is no report from before.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function extract(spec: string, options: PipelineOptions): Promise<Report> {
  const { kept, ...opened } = await open(spec, options);
  const known = await kept?.read();
  if (known) return known;
  const { analyse } = await import("./analysis.ts");
  const { report: made, isPinned } = await analyse(opened, options);
  // its texts are pieces of the files that were read, and would keep these in memory for as long as it is kept itself
  const report = structuredClone(made);
  if (isPinned) await kept?.write(report);
  return report;
}

/**
 * Spec and endpoint -> how its URL came about.
 * @param wanted its id, or a text that only its `METHOD URL` has
 * @throws ExtractorError for what the person who asked can mend
 */
export async function explain(spec: string, wanted: string, options: PipelineOptions): Promise<Explanation> {
  const { kept, ...opened } = await open(spec, options);
  const known = (await kept?.read()) ?? null;
  const { explainIn } = await import("./analysis.ts");
  return explainIn(opened, known, wanted, options);
}

/** @returns kept: null where the report is neither to be kept nor to be read */
async function open(spec: string, options: PipelineOptions): Promise<Opened & { kept: KeptReport | null }> {
  const log = new DiagnosticLog();
  options.onProgress?.({ stage: "open", done: 0, total: null });
  const signatures = await loadSignatures();
  const context = acquireContext(signatures, options, log);
  const acquired = await acquire(spec, context);
  const { identity, tool } = acquired;
  const { cache, onProgress: _, ...asked } = options;
  // values of credentials are printed if asked for, and never left on the disk
  const kept = options.reveal
    ? null
    : await KeptReport.of(identity.integrity, [identity, tool, asked, signatures], cache);
  return { spec, signatures, context, acquired, kept, log };
}

/**
 * The platforms a package has packages for; empty where it is the same everywhere.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function platformsOf(spec: string, options: PipelineOptions): Promise<Platform[]> {
  const context = acquireContext(await loadSignatures(), options, new DiagnosticLog());
  const { listPlatforms } = await import("./reading.ts");
  return listPlatforms(spec, { acquire: context, limits: options.limits });
}

function acquireContext({ tools }: Signatures, options: PipelineOptions, log: DiagnosticLog): AcquireContext {
  const onProgress: AcquireOptions["onProgress"] = (p) =>
    options.onProgress?.({ stage: p.step, done: "bytes" in p ? p.bytes : 0, total: null, detail: p.spec });
  return { tools, options: { ...options.cache, onProgress }, log };
}
