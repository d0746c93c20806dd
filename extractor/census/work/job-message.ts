import type { CensusJob } from "../job/job.ts";
import type { JobFailure, Outcome } from "../job/outcome.ts";
import type { JobCost } from "../queue/job-queue.ts";

/** Where packages come from. */
export interface Supply {
  cache: boolean;
  cacheDir?: string;
  offline: boolean;
  registry?: string;
}

/** What one job may take. */
export interface JobLimits {
  seconds: number;
  bytes: number;
}

/** To the process that does a job. */
export interface Assignment {
  job: CensusJob;
  /** Folder of the census. */
  folder: string;
  supply: Supply;
  limits: JobLimits;
}

/** Its answer. A result is stored by then; of a failure nothing is, since it may be tried again. */
export type JobAnswer = { cost: JobCost } & ({ object: string; outcome: Outcome } | { failure: JobFailure });
