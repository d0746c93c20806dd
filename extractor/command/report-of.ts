import { ExtractorError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { exampleTool } from "./known-tools.ts";
import { type PackageOptions, pipelineOptions } from "./package-options.ts";
import { ProgressLine } from "./progress.ts";
import type { Session } from "./session.ts";

/**
 * The report a word on the command line means: a stored one, or a new one of the package.
 * @throws ExtractorError
 */
export async function reportOf(
  spec: string,
  options: PackageOptions & { quiet?: boolean },
  session: Session,
): Promise<Report> {
  if (spec === "") {
    throw new ExtractorError("usage", "no package given", {
      hint: `name a package, such as ${exampleTool}, or a report`,
    });
  }
  const { isStoredJson, readStoredReport } = await import("./stored.ts");
  if (await isStoredJson(spec)) return readStoredReport(spec);
  const { extract } = await import("../pipeline.ts");
  const progress = new ProgressLine(session, options);
  return extract(spec, { ...pipelineOptions(options), onProgress: progress.update }).finally(() => progress.clear());
}
