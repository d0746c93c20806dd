import type PgBoss from "pg-boss";
import { ExtractorError, firstLineOf } from "../../errors.ts";
import type { Tally } from "../../model/census.ts";
import { type CensusJob, jobId, makerKey, type ReportMaker } from "../job/job.ts";
import { type JobFailure, MAX_ATTEMPTS, RETRY_SECONDS } from "../job/outcome.ts";
import { NOTHING_DONE } from "../job/pace.ts";
import { nativeLibrary } from "../store/native-library.ts";
import type { ClaimedJob, FinishedJob, JobQueue } from "./job-queue.ts";

const SCHEMA = "extract_census";
/** A worker that is gone is noticed so long after its job's time is over. */
const CARE_SECONDS = 5;
/** Of what is done nothing is removed: a job that is known is not done twice. */
const FOR_EVER = { archiveCompletedAfterSeconds: 10 * 365 * 86_400, deleteAfterDays: 3650, retentionDays: 3650 };
const BATCH = 1000;
/** A day, which the library wants jobs to be shorter than. */
const LONGEST_SECONDS = 86_399;

/** Of the jobs that are added. */
export interface BossLimits {
  /** After which a job that is under way is somebody else's: its worker is gone. */
  jobSeconds: number;
  /** Until the second try; doubled for each further one. */
  retrySeconds?: number;
}

/**
 * Jobs in PostgreSQL, by pg-boss, for workers on any number of machines. Each engine with its signatures has a queue of
 * its own, so that no worker does a job for another one.
 */
export class BossQueue implements JobQueue {
  readonly #boss: PgBoss;
  readonly #name: string;
  readonly #limits: BossLimits;

  private constructor(boss: PgBoss, name: string, limits: BossLimits) {
    this.#boss = boss;
    this.#name = name;
    this.#limits = limits;
  }

  /**
   * @param address `postgres://user:password@host/database`
   * @throws ExtractorError `usage` without the library, `network` where nothing answers
   */
  static async open(address: string, maker: ReportMaker, limits: BossLimits): Promise<BossQueue> {
    const { default: Boss } = await nativeLibrary("pg-boss", () => import("pg-boss"));
    const options = { connectionString: address, schema: SCHEMA, schedule: false, ...FOR_EVER };
    const boss = new Boss({ ...options, maintenanceIntervalSeconds: CARE_SECONDS, application_name: "extract census" });
    // what a later try mends; what is asked for fails where it is asked
    boss.on("error", () => undefined);
    const name = `census-${makerKey(maker).slice(0, 32)}`;
    try {
      await boss.start();
      await boss.createQueue(name);
    } catch (cause) {
      await boss.stop({ graceful: false }).catch(() => undefined);
      throw new ExtractorError("network", `no queue at ${withoutPassword(address)}: ${firstLineOf(cause)}`, {
        hint: "postgres://user:password@host:5432/database, of a role that may create a schema there",
        cause,
      });
    }
    return new BossQueue(boss, name, limits);
  }

  async add(jobs: readonly CensusJob[]): Promise<{ added: number; known: number }> {
    const before = await this.#size();
    for (let at = 0; at < jobs.length; at += BATCH) {
      await this.#boss.insert(jobs.slice(at, at + BATCH).map((job) => this.#insertion(job)));
    }
    const added = (await this.#size()) - before;
    return { added, known: jobs.length - added };
  }

  #insertion(job: CensusJob): PgBoss.JobInsert<CensusJob> {
    return {
      id: uuidOf(jobId(job)),
      name: this.#name,
      data: job,
      // the smallest first
      priority: -Math.ceil(job.bytes / 1e6),
      retryLimit: MAX_ATTEMPTS - 1,
      retryDelay: this.#limits.retrySeconds ?? RETRY_SECONDS,
      retryBackoff: true,
      expireInSeconds: Math.min(this.#limits.jobSeconds, LONGEST_SECONDS),
      keepUntil: new Date(Date.now() + FOR_EVER.retentionDays * 86_400_000),
    };
  }

  async claim(): Promise<ClaimedJob | null> {
    const [job] = await this.#boss.fetch<CensusJob>(this.#name, { includeMetadata: true });
    return job === undefined ? null : { id: job.id, job: job.data, attempts: job.retryCount + 1 };
  }

  async finish({ id }: ClaimedJob, finished: FinishedJob): Promise<void> {
    await this.#boss.complete(this.#name, id, finished);
  }

  async putOff({ id }: ClaimedJob, failure: JobFailure): Promise<void> {
    await this.#boss.fail(this.#name, id, failure);
  }

  async reopen(): Promise<number> {
    const jobs = await this.#ask<{ data: CensusJob; id: string }>(
      `SELECT id, data FROM ${SCHEMA}.job WHERE name = $1 AND (state = 'failed' OR state = 'completed'
       AND output->>'outcome' IN ('failed', 'partial'))`,
    );
    if (jobs.length === 0) return 0;
    const ids = jobs.map(({ id }) => id);
    await this.#boss.deleteJob(this.#name, ids);
    return (await this.add(jobs.map(({ data }) => data))).added;
  }

  async tally(): Promise<Tally> {
    const tally = { ...NOTHING_DONE };
    const rows = await this.#ask<StateRow>(
      `SELECT state::text, output->>'outcome' AS outcome, count(*)::int AS jobs FROM ${SCHEMA}.job
       WHERE name = $1 GROUP BY 1, 2`,
    );
    for (const { state, outcome, jobs } of rows) {
      if (state === "created" || state === "retry") tally.waiting += jobs;
      if (state === "retry") tally.retry += jobs;
      if (state === "active") tally.running += jobs;
      if (state === "completed") tally[outcome ?? "report"] += jobs;
      // its worker was gone time after time
      if (state === "failed" || state === "cancelled") tally.failed += jobs;
    }
    return tally;
  }

  async peakOf(name: string): Promise<number | null> {
    const [row] = await this.#ask<{ peak: number | null }>(
      `SELECT max((output->'cost'->>'peakBytes')::float8) AS peak FROM ${SCHEMA}.job
       WHERE name = $1 AND data->>'package' = $2 AND state = 'completed'`,
      name,
    );
    return row?.peak ?? null;
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }

  async #size(): Promise<number> {
    const [row] = await this.#ask<{ jobs: number }>(`SELECT count(*)::int AS jobs FROM ${SCHEMA}.job WHERE name = $1`);
    return row?.jobs ?? 0;
  }

  /** Of the jobs of this queue, which the library only counts in part. */
  async #ask<Row>(sql: string, ...more: string[]): Promise<Row[]> {
    return (await this.#boss.getDb().executeSql(sql, [this.#name, ...more])).rows as Row[];
  }
}

interface StateRow {
  state: PgBoss.JobWithMetadata["state"];
  outcome: "report" | "partial" | "failed" | null;
  jobs: number;
}

/** The first half of the digest, in the form that PostgreSQL has for such numbers. */
const uuidOf = (digest: string): string =>
  digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return "that address";
  const url = new URL(address);
  url.password = "";
  return url.href;
}
