import type { Statement } from "better-sqlite3";
import type { Tally } from "../../model/census.ts";
import { type CensusJob, makerKey, type ReportMaker } from "../job/job.ts";
import { type JobFailure, type JobResult, waitAfter } from "../job/outcome.ts";
import { NOTHING_DONE } from "../job/pace.ts";
import type { Database } from "../store/database.ts";
import { FactIndex } from "../store/fact-index.ts";
import { currentHolder, isGone } from "../store/holder.ts";
import { jobRow } from "../store/job-row.ts";
import type { ClaimedJob, FinishedJob, JobQueue } from "./job-queue.ts";

interface JobRow {
  id: string;
  job: string;
  attempts: number;
}

const STATEMENTS = {
  add: `INSERT INTO jobs (id, package, version, maker, bytes, job, state)
    VALUES (@id, @package, @version, @maker, @bytes, @job, 'waiting') ON CONFLICT DO NOTHING`,
  holders: "SELECT DISTINCT holder FROM jobs WHERE state = 'running'",
  release: "UPDATE jobs SET state = 'waiting', holder = NULL WHERE state = 'running' AND holder = ?",
  // the smallest first: answers come early, and what a package takes is known before its large versions begin
  claim: `UPDATE jobs SET state = 'running', holder = @holder WHERE id = (
      SELECT id FROM jobs WHERE maker = @maker AND state = 'waiting' AND not_before <= @now
      ORDER BY bytes, package, version LIMIT 1
    ) RETURNING id, job, attempts`,
  finish: `UPDATE jobs SET state = 'done', holder = NULL, reason = NULL, attempts = attempts + 1, outcome = @outcome,
    object = @object, cpu_seconds = @cpuSeconds, seconds = @seconds, peak_bytes = @peakBytes
    WHERE id = @id AND state = 'running' AND holder = @holder`,
  putOff: `UPDATE jobs SET state = 'waiting', holder = NULL, attempts = attempts + 1, reason = @reason,
    not_before = @notBefore WHERE id = @id AND state = 'running' AND holder = @holder`,
  tally: `SELECT state, outcome, attempts > 0 AS retry, count(*) AS jobs FROM jobs WHERE maker = ?
    GROUP BY state, outcome, retry`,
  peak: "SELECT max(peak_bytes) AS peak FROM jobs WHERE package = ?",
  reopen: `UPDATE jobs SET state = 'waiting', attempts = 0, not_before = 0
    WHERE maker = ? AND state = 'done' AND outcome IN ('failed', 'partial')`,
} as const;

/**
 * Jobs in the database of the census, for any number of processes of one machine. What a process has claimed is its
 * own for as long as it lives; a result becomes part of the index in the transaction that ends its job.
 */
export class DatabaseQueue implements JobQueue {
  readonly #database: Database;
  readonly #index: FactIndex;
  readonly #maker: string;
  readonly #read: (object: string) => Promise<JobResult>;
  readonly #now: () => number;
  readonly #holder = currentHolder();
  readonly #statements = new Map<string, Statement>();

  /**
   * @param maker only jobs for it are taken
   * @param read gives a stored result
   * @param now milliseconds since 1970
   */
  constructor(
    database: Database,
    maker: ReportMaker,
    read: (object: string) => Promise<JobResult>,
    now: () => number = Date.now,
  ) {
    this.#database = database;
    this.#index = new FactIndex(database);
    this.#maker = makerKey(maker);
    this.#read = read;
    this.#now = now;
  }

  async add(jobs: readonly CensusJob[]): Promise<{ added: number; known: number }> {
    const added = this.#within(() => {
      let fresh = 0;
      for (const job of jobs) fresh += this.#statement("add").run(jobRow(job)).changes;
      return fresh;
    });
    return { added, known: jobs.length - added };
  }

  async claim(): Promise<ClaimedJob | null> {
    const row = this.#within(() => {
      for (const { holder } of this.#statement("holders").all() as { holder: string }[])
        if (isGone(holder)) this.#statement("release").run(holder);
      const asked = { holder: this.#holder, maker: this.#maker, now: this.#now() };
      return this.#statement("claim").get(asked) as JobRow | undefined;
    });
    if (row === undefined) return null;
    return { id: row.id, job: JSON.parse(row.job) as CensusJob, attempts: row.attempts + 1 };
  }

  async finish({ id }: ClaimedJob, { object, outcome, cost }: FinishedJob): Promise<void> {
    const result = await this.#read(object);
    this.#within(() => {
      const { changes } = this.#statement("finish").run({ id, object, outcome, ...cost, holder: this.#holder });
      // another one took it over, and ends it itself
      if (changes > 0) this.#index.put(result, object);
    });
  }

  async putOff({ id, attempts }: ClaimedJob, { code, message }: JobFailure): Promise<void> {
    const notBefore = this.#now() + waitAfter(attempts) * 1000;
    this.#statement("putOff").run({ id, reason: `${code}: ${message}`, notBefore, holder: this.#holder });
  }

  async reopen(): Promise<number> {
    return this.#statement("reopen").run(this.#maker).changes;
  }

  async tally(): Promise<Tally> {
    const tally = { ...NOTHING_DONE };
    const rows = this.#statement("tally").all(this.#maker) as TallyRow[];
    for (const { state, outcome, retry, jobs } of rows) {
      if (state === "done") tally[outcome] += jobs;
      else tally[state] += jobs;
      if (state === "waiting" && retry === 1) tally.retry += jobs;
    }
    return tally;
  }

  async peakOf(name: string): Promise<number | null> {
    return (this.#statement("peak").get(name) as { peak: number | null }).peak;
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #statement(name: keyof typeof STATEMENTS): Statement {
    const statement = this.#statements.get(name) ?? this.#database.prepare(STATEMENTS[name]);
    this.#statements.set(name, statement);
    return statement;
  }

  #within<T>(work: () => T): T {
    return this.#database.transaction(work).immediate();
  }
}

interface TallyRow {
  state: "waiting" | "running" | "done";
  outcome: "report" | "partial" | "failed";
  retry: 0 | 1;
  jobs: number;
}
