import { ExtractorError } from "../../errors.ts";
import { type CensusJob, jobId, makerKey, type ReportMaker, releaseName } from "../job/job.ts";
import { isBetter, type JobResult } from "../job/outcome.ts";
import { type Database, layOutFacts } from "./database.ts";
import { FactIndex } from "./fact-index.ts";
import type { ObjectFolder } from "./objects.ts";
import { recordDone } from "./record-done.ts";

export interface Rebuilt {
  objects: number;
  releases: number;
  /** One line for each object that could not be read. */
  damaged: string[];
}

/**
 * The index from the objects alone: of each release the best result of this program, else what was made last. Jobs
 * that the database does not know are recorded as done.
 */
export async function rebuildIndex(database: Database, objects: ObjectFolder, maker: ReportMaker): Promise<Rebuilt> {
  const addresses = await objects.list();
  const damaged: string[] = [];
  const chosen = new Map<string, Known>();
  const jobs = new Map<string, Known>();
  for (const object of addresses) {
    const result = await readable(objects, object, damaged);
    if (result === null) continue;
    const { job, outcome } = result;
    const known: Known = { object, job, outcome, isOwn: makerKey(job) === makerKey(maker) };
    keep(jobs, jobId(job), known);
    keep(chosen, releaseName(job), known);
  }
  database.transaction(() => layOutFacts(database)).immediate();
  const index = new FactIndex(database);
  // one release a transaction: who asks meanwhile waits for none of it
  const put = database.transaction((result: JobResult, object: string) => index.put(result, object));
  for (const { object } of chosen.values()) put.immediate(await objects.get(object), object);
  for (const { job, outcome, object } of jobs.values()) recordDone(database, job, outcome, object);
  return { objects: addresses.length, releases: chosen.size, damaged };
}

interface Known {
  object: string;
  job: CensusJob;
  outcome: JobResult["outcome"];
  isOwn: boolean;
}

/** The later one, unless it says less. */
function keep(known: Map<string, Known>, key: string, next: Known): void {
  const before = known.get(key);
  if (before?.isOwn && !next.isOwn) return;
  if (before !== undefined && before.isOwn === next.isOwn && isBetter(before.outcome, next.outcome)) return;
  known.set(key, next);
}

async function readable(objects: ObjectFolder, object: string, damaged: string[]): Promise<JobResult | null> {
  try {
    return await objects.get(object);
  } catch (error) {
    if (!(error instanceof ExtractorError)) throw error;
    damaged.push(error.message);
    return null;
  }
}
