import { type CensusJob, jobId, makerKey } from "../job/job.ts";

/** What the database holds of a job from the beginning. */
export const jobRow = (job: CensusJob) => ({
  id: jobId(job),
  package: job.package,
  version: job.version,
  maker: makerKey(job),
  bytes: job.bytes,
  job: JSON.stringify(job),
});
