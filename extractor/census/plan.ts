import type { AcquireOptions } from "../acquire/acquired.ts";
import { releasesMeant } from "../releases.ts";
import { chooseReleases, type ReleaseChoice } from "./job/choose-releases.ts";
import type { CensusJob, JobOptions, ReportMaker } from "./job/job.ts";

/**
 * A job for each release that a spec means and the choice leaves.
 * @param spec tool or npm package, with a version or a range or without
 * @throws ExtractorError where the registry knows no such package or version
 */
export async function plannedJobs(
  spec: string,
  choice: ReleaseChoice,
  by: { maker: ReportMaker; options: JobOptions; registry: AcquireOptions },
): Promise<CensusJob[]> {
  const { name, releases } = await releasesMeant(spec, by.registry);
  return chooseReleases(releases, choice).map((release) => ({
    package: name,
    ...release,
    ...by.maker,
    options: by.options,
  }));
}
