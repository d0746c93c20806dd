import type { CensusStanding, Tally } from "../model/census.ts";
import { makerKey, type ReportMaker } from "./job/job.ts";
import { doneOf, leftOf } from "./job/pace.ts";
import { openDatabase } from "./store/database.ts";
import { ObjectFolder } from "./store/objects.ts";

/** @param tally of the queue, which may be another one than that of the folder */
export async function censusStanding(folder: string, maker: ReportMaker, tally: Tally): Promise<CensusStanding> {
  const database = await openDatabase(folder);
  const own = makerKey(maker);
  try {
    const one = <T>(sql: string): T => database.prepare(sql).get(own) as T;
    const many = <T>(sql: string): T[] => database.prepare(sql).all(own) as T[];
    return {
      jobs: { ...tally, done: doneOf(tally), left: leftOf(tally) },
      others: one<{ jobs: number }>("SELECT count(*) AS jobs FROM jobs WHERE maker <> ?").jobs,
      packages: many(PACKAGES),
      failures: many(FAILURES),
      cost: one(COST),
      objects: await new ObjectFolder(folder).size(),
    };
  } finally {
    database.close();
  }
}

const PACKAGES = `
  SELECT package, count(*) AS planned, total(outcome = 'report' AND state = 'done') AS report,
    total(outcome = 'partial' AND state = 'done') AS partial, total(outcome = 'failed' AND state = 'done') AS failed
  FROM jobs WHERE maker = ? GROUP BY package ORDER BY package`;

/** Those that were left for good, and those that wait for another try. */
const FAILURES = `
  SELECT j.package, j.version, CASE j.state WHEN 'done' THEN 'failed' ELSE 'again' END AS outcome,
    coalesce(j.reason, r.code || ': ' || r.message, '') AS reason
  FROM jobs j LEFT JOIN releases r ON r.job = j.id
  WHERE j.maker = ? AND (j.outcome = 'failed' AND j.state = 'done' OR j.reason IS NOT NULL) ORDER BY 1, 2`;

const COST = `
  SELECT total(cpu_seconds) AS cpuSeconds, total(seconds) AS seconds, coalesce(max(peak_bytes), 0) AS peakBytes
  FROM jobs WHERE maker = ?`;
