import { ExtractorError } from "../errors.ts";
import { DEFAULT_SECONDS } from "../model/time-limit.ts";
import type { ReportMaker } from "./job/job.ts";
import { BossQueue } from "./queue/boss-queue.ts";
import { DatabaseQueue } from "./queue/database-queue.ts";
import type { JobQueue } from "./queue/job-queue.ts";
import { openDatabase } from "./store/database.ts";
import { ObjectFolder } from "./store/objects.ts";

/** How a job that a dead worker held is told from one that takes long: more than any of them may take. */
const PATIENCE = 2;
const PATIENCE_SECONDS = 120;

/**
 * The queue that a person asked for: that of the folder, or one in PostgreSQL.
 * @param address null for that of the folder
 * @param seconds that a job may take; null for what is usual
 * @throws ExtractorError `usage`, `network`
 */
export async function openQueue(
  folder: string,
  address: string | null,
  { maker, seconds }: { maker: ReportMaker; seconds: number | null },
): Promise<JobQueue> {
  if (address === null) {
    const objects = new ObjectFolder(folder);
    return new DatabaseQueue(await openDatabase(folder), maker, (object) => objects.get(object));
  }
  if (!/^postgres(?:ql)?:\/\//.test(address)) {
    throw new ExtractorError("usage", "a queue is in PostgreSQL", { hint: "such as --queue postgres://host/database" });
  }
  return BossQueue.open(address, maker, {
    jobSeconds: (seconds ?? DEFAULT_SECONDS) * PATIENCE + PATIENCE_SECONDS,
  });
}
