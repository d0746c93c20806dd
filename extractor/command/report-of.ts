import { acrossPlatforms } from "../compare/diff/platforms.ts";
import { ExtractorError } from "../errors.ts";
import { isPartial } from "../model/diagnostic.ts";
import type { Platform } from "../model/platform.ts";
import type { Report } from "../model/report.ts";
import type { PipelineOptions } from "../pipeline.ts";
import { exampleTool } from "./options/known-tools.ts";
import { type PackageOptions, pipelineOptions } from "./options/package-options.ts";
import { ProgressLine } from "./terminal/progress.ts";
import type { Session } from "./terminal/session.ts";

/**
 * The report a word on the command line means: a stored one, or a new one of the package.
 * @param onProgress told what the line at the terminal is told
 * @throws ExtractorError
 */
export async function reportOf(
  spec: string,
  options: PackageOptions & { quiet?: boolean },
  session: Session,
  onProgress?: PipelineOptions["onProgress"],
): Promise<Report> {
  if (spec === "") {
    throw new ExtractorError("usage", "no package given", {
      hint: `name a package, such as ${exampleTool}, or a report`,
    });
  }
  const { isStoredJson, readStoredReport } = await import("./stored.ts");
  if (await isStoredJson(spec)) return readStoredReport(spec);
  const progress = new ProgressLine(session, options);
  const told: PipelineOptions["onProgress"] = (at) => {
    progress.update(at);
    onProgress?.(at);
  };
  const wanted = { ...pipelineOptions(options), onProgress: told };
  const made = options.platform === "all" ? reportOfAll(spec, wanted) : reportOfOne(spec, wanted);
  const report = await made.finally(() => progress.clear());
  session.isPartial ||= isPartial(report);
  return report;
}

/** The reports of several, one after the other. */
export async function reportsOf(
  specs: readonly string[],
  options: Parameters<typeof reportOf>[1],
  session: Session,
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const spec of specs) reports.push(await reportOf(spec, options, session));
  return reports;
}

async function reportOfOne(spec: string, options: PipelineOptions): Promise<Report> {
  const { extract } = await import("../pipeline.ts");
  return extract(spec, options);
}

/**
 * Of one platform: it has no package in this registry, or one without JavaScript. The others tell of themselves all
 * the same.
 */
const UNREAD: ReadonlySet<string> = new Set(["not-found", "no-javascript"]);

/** One after the other, since the program of a single platform may be all that fits into memory. */
async function reportOfAll(spec: string, options: PipelineOptions): Promise<Report> {
  const { extract, platformsOf } = await import("../pipeline.ts");
  const reports = new Map<Platform, Report>();
  const unread = new Map<Platform, ExtractorError>();
  for (const platform of await platformsOf(spec, options)) {
    try {
      reports.set(platform, await extract(spec, { ...options, platform }));
    } catch (error) {
      if (!(error instanceof ExtractorError) || !UNREAD.has(error.code)) throw error;
      unread.set(platform, error);
    }
  }
  if (reports.size > 0) return acrossPlatforms(reports, unread);
  for (const error of unread.values()) throw error;
  return extract(spec, options);
}
