import type { CensusJob } from "../job/job.ts";
import type { Outcome } from "../job/outcome.ts";
import type { Database } from "./database.ts";
import { jobRow } from "./job-row.ts";

/** Results that are stored and that no job here knows: of another machine, or from before the database was lost. */
export function recordDone(database: Database, job: CensusJob, outcome: Outcome, object: string): void {
  database
    .prepare(
      `INSERT INTO jobs (id, package, version, maker, bytes, job, state, outcome, object)
       VALUES (@id, @package, @version, @maker, @bytes, @job, 'done', @outcome, @object)
       ON CONFLICT (id) DO UPDATE SET state = 'done', holder = NULL, outcome = @outcome, object = @object`,
    )
    .run({ ...jobRow(job), outcome, object });
}
