import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../model/report.ts";
import { type JobOptions, makerKey, optionsKey } from "./job/job.ts";
import type { JobResult } from "./job/outcome.ts";
import { thisMaker } from "./maker.ts";
import { DATABASE_FILE, type Database, readDatabase } from "./store/database.ts";
import { ObjectFolder } from "./store/objects.ts";

/** Reports that a census has made. */
export class CensusReports {
  readonly #database: Database;
  readonly #objects: ObjectFolder;
  #maker: string | null = null;

  private constructor(database: Database, folder: string) {
    this.#database = database;
    this.#objects = new ObjectFolder(folder);
  }

  /** Null where there is no census in the folder. @throws ExtractorError where it can't be read */
  static async in(folder: string): Promise<CensusReports | null> {
    const isThere = await access(join(folder, DATABASE_FILE)).then(
      () => true,
      () => false,
    );
    return isThere ? new CensusReports(await readDatabase(folder), folder) : null;
  }

  /** @throws ExtractorError where there is none */
  static async named(folder: string): Promise<CensusReports> {
    return new CensusReports(await readDatabase(folder), folder);
  }

  /**
   * The report of a release made with these options; null where there is none, or only a part.
   * @returns isOwn: this program would make the same
   */
  async find(
    release: { name: string; version: string },
    options: JobOptions,
  ): Promise<{ report: Report; isOwn: boolean } | null> {
    const row = this.#database
      .prepare("SELECT object FROM releases WHERE package = @name AND version = @version AND outcome = 'report'")
      .get(release) as { object: string } | undefined;
    if (row === undefined) return null;
    const result = await this.#objects.get(row.object);
    const report = reportIn(result);
    if (report === null || optionsKey(result.job.options) !== optionsKey(options)) return null;
    this.#maker ??= makerKey(await thisMaker());
    return { report, isOwn: makerKey(result.job) === this.#maker };
  }

  /** Releases with a report, by package, the oldest first. */
  releases(): { name: string; tool: string | null; version: string; object: string }[] {
    return this.#database
      .prepare(
        `SELECT package AS name, tool, version, object FROM releases WHERE outcome <> 'failed'
         ORDER BY package, version_order`,
      )
      .all() as { name: string; tool: string | null; version: string; object: string }[];
  }

  async read(object: string): Promise<Report> {
    return reportIn(await this.#objects.get(object))!;
  }

  close(): void {
    this.#database.close();
  }
}

const reportIn = (result: JobResult): Report | null => (result.outcome === "failed" ? null : result.report);
