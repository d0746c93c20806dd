/** How far a census is. `retry`: of those that wait, how many have failed before. */
export interface Tally {
  waiting: number;
  retry: number;
  running: number;
  report: number;
  partial: number;
  failed: number;
}

/** How a census stands. */
export interface CensusStanding {
  /** Of jobs for this program. */
  jobs: Tally & { done: number; left: number };
  /** Jobs for other builds of it, which stay as they are. */
  others: number;
  packages: { package: string; planned: number; report: number; partial: number; failed: number }[];
  /** `again`: it waits for another try. */
  failures: { package: string; version: string; outcome: "failed" | "again"; reason: string }[];
  /** Of the jobs that were done here; `peakBytes` of the largest. */
  cost: { cpuSeconds: number; seconds: number; peakBytes: number };
  objects: { objects: number; bytes: number };
}

/** An answer of a census. */
export interface AnswerTable {
  columns: string[];
  rows: (string | number | null)[][];
}
