import type { Tally } from "../../model/census.ts";
import type { CensusJob } from "../job/job.ts";
import type { JobFailure, Outcome } from "../job/outcome.ts";

export interface ClaimedJob {
  id: string;
  job: CensusJob;
  /** This try included. */
  attempts: number;
}

/** What a job took: all processors together, by the clock, and the most memory its process held. */
export interface JobCost {
  cpuSeconds: number;
  seconds: number;
  peakBytes: number;
}

export interface FinishedJob {
  /** Address of the stored result. */
  object: string;
  outcome: Outcome;
  cost: JobCost;
}

/** Jobs that are to be done, each by one process at a time. */
export interface JobQueue {
  /** Jobs that are there already are passed over. */
  add(jobs: readonly CensusJob[]): Promise<{ added: number; known: number }>;
  /** The next one whose turn it is; null where none waits now. What processes that are gone had claimed waits again. */
  claim(): Promise<ClaimedJob | null>;
  /** Its result is stored. */
  finish(claimed: ClaimedJob, finished: FinishedJob): Promise<void>;
  /** Failed, and tried again after a while. */
  putOff(claimed: ClaimedJob, failure: JobFailure): Promise<void>;
  /** Failed and partial ones are to be done once more. @returns how many */
  reopen(): Promise<number>;
  tally(): Promise<Tally>;
  /** The most memory that a version of this package took; null where none is known. */
  peakOf(name: string): Promise<number | null>;
  close(): Promise<void>;
}
