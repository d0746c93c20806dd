import type { ErrorCode } from "../../errors.ts";
import { isPartial } from "../../model/diagnostic.ts";
import type { Report } from "../../model/report.ts";
import type { CensusJob } from "./job.ts";

/** Why there is no report. `defect`: a mistake of this program. `crashed`: its process ended without an answer. */
export type FailureCode = ErrorCode | "defect" | "crashed" | "memory" | "time";

export interface JobFailure {
  code: FailureCode;
  /** One line. */
  message: string;
}

export const RESULT_SCHEMA_VERSION = 1;

/** What is kept of a job: nothing of when, where or how fast it was done, so that equal jobs give equal bytes. */
export type JobResult = { schemaVersion: typeof RESULT_SCHEMA_VERSION; job: CensusJob } & (
  | { outcome: "report" | "partial"; report: Report }
  | { outcome: "failed"; failure: JobFailure }
);

/** `partial`: time, memory or stack was spent; the report holds what was known by then. */
export type Outcome = JobResult["outcome"];

export const resultOf = (job: CensusJob, report: Report): JobResult => ({
  schemaVersion: RESULT_SCHEMA_VERSION,
  job,
  outcome: isPartial(report) ? "partial" : "report",
  report,
});

export const failedResult = (job: CensusJob, failure: JobFailure): JobResult => ({
  schemaVersion: RESULT_SCHEMA_VERSION,
  job,
  outcome: "failed",
  failure,
});

/** Whether another try may end otherwise. What the bytes of a package or our own code decide, no try changes. */
const PASSES: Record<FailureCode, boolean> = {
  network: true,
  // what came may be damaged on the way
  integrity: true,
  crashed: true,
  interrupted: true,
  "not-found": false,
  offline: false,
  usage: false,
  "bad-archive": false,
  "no-javascript": false,
  "no-sources": false,
  "bad-input": false,
  "bad-signature": false,
  rights: false,
  defect: false,
  memory: false,
  time: false,
};

export const MAX_ATTEMPTS = 5;

/** @param attempts tries so far, this one included */
export const isTriedAgain = ({ code }: JobFailure, attempts: number): boolean =>
  PASSES[code] && attempts < MAX_ATTEMPTS;

export const RETRY_SECONDS = 30;
const LONGEST_WAIT = 3600;

/** Seconds until the next try: 30, 60, 120, … up to an hour. */
export const waitAfter = (attempts: number): number => Math.min(LONGEST_WAIT, RETRY_SECONDS * 2 ** (attempts - 1));

/** Of two results of one job the one that says more. */
export const isBetter = (one: Outcome, other: Outcome): boolean => RANK[one] > RANK[other];

const RANK: Record<Outcome, number> = { report: 2, partial: 1, failed: 0 };
