import { jobId, makerKey } from "../job/job.ts";
import type { JobResult } from "../job/outcome.ts";
import type { Database } from "./database.ts";

/** Results that are stored and that no job here knows: of another machine, or from before the database was lost. */
export function recordDone(database: Database, result: JobResult, object: string): void {
  const { job, outcome } = result;
  const { package: name, version, bytes } = job;
  database
    .prepare(
      `INSERT INTO jobs (id, package, version, maker, bytes, job, state, outcome, object)
       VALUES (@id, @name, @version, @maker, @bytes, @job, 'done', @outcome, @object)
       ON CONFLICT (id) DO UPDATE SET state = 'done', holder = NULL, outcome = @outcome, object = @object`,
    )
    .run({ id: jobId(job), name, version, maker: makerKey(job), bytes, job: JSON.stringify(job), outcome, object });
}
