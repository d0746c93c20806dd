import { join } from "node:path";
import type { Command } from "commander";
import envPaths from "env-paths";
import type { JobOptions } from "../../census/job/job.ts";
import type { PackageOptions } from "./package-options.ts";

/** The census of this person, where no other is named. */
export const CENSUS_FOLDER = join(envPaths("endpoint-extractor", { suffix: "" }).data, "census");

export interface CensusOptions {
  dir: string;
  quiet?: boolean;
}

export const declareFolderOption = (command: Command): Command =>
  command.option("-d, --dir <folder>", "folder of the census", CENSUS_FOLDER);

/** Of verbs that compare releases. False: from no census. */
export interface UseCensusOption {
  census?: string | false;
}

export const declareUseCensusOption = (command: Command): Command =>
  command
    .option("--census <folder>", "take reports from this census, whichever build made them; yours is used in any case")
    .option("--no-census", "take none from a census");

export interface QueueOptions {
  queue?: string;
}

export const declareQueueOption = (command: Command): Command =>
  command.option("--queue <address>", "jobs in PostgreSQL instead of the folder, for workers on several machines");

/** What a report depends on, of what was asked for on the command line. Null where it is more than a census makes. */
export function jobOptionsOf(options: Omit<PackageOptions, "cache">): JobOptions | null {
  const { platform, withDependencies, sourceMaps, from, reveal, before, maxEntries, maxBytes } = options;
  if (platform === "all" || reveal === true || [before, maxEntries, maxBytes].some((one) => one !== undefined)) {
    return null;
  }
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(withDependencies === true ? { withDependencies } : {}),
    sourceMaps,
    from,
  };
}
