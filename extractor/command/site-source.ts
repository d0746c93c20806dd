import { join } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import type { Catalogue } from "../model/signatures/catalogue.ts";
import { emptyCatalogue, entryOf, withReport } from "../render/published/catalogue.ts";
import type { ComparedPairs } from "../render/site/pages.ts";
import { CENSUS_FOLDER } from "./options/census-options.ts";
import { readCatalogue } from "./published.ts";

/** Where the reports of a site come from. */
export interface SiteSource {
  catalogue: Catalogue;
  pairs: ComparedPairs;
  /** What is left out, a line each. */
  remarks: string[];
  /** @param file as the catalogue names it */
  read(file: string): Promise<Report>;
  close(): void;
}

/** @throws ExtractorError `not-found` where there are no reports */
export async function siteSource(options: { dir: string; census?: string | true }): Promise<SiteSource> {
  const source = await (options.census === undefined ? published(options.dir) : ofCensus(options.census));
  if (source.catalogue.tools.length > 0) return source;
  const [where, hint] =
    options.census === undefined
      ? [`no published reports in ${options.dir}`, "extract publish SPEC writes some"]
      : ["no reports in the census", "extract census plan SPEC and extract census work make some"];
  throw new ExtractorError("not-found", where, { hint });
}

async function published(folder: string): Promise<SiteSource> {
  const { readStoredReport } = await import("./stored.ts");
  return {
    catalogue: await readCatalogue(folder),
    pairs: "all",
    remarks: [],
    read: (file) => readStoredReport(join(folder, file)),
    close: () => undefined,
  };
}

/** One report at a time stands in memory. */
async function ofCensus(folder: string | true): Promise<SiteSource> {
  const [{ CensusReports }, { compareVersions }] = await Promise.all([
    import("../census/lookup.ts"),
    import("../releases.ts"),
  ]);
  const reports = await CensusReports.named(folder === true ? CENSUS_FOLDER : folder);
  const objects = new Map<string, string>();
  const remarks: string[] = [];
  let catalogue: Catalogue = emptyCatalogue;
  for (const { name, version, object } of reports.releases()) {
    const report = await reports.read(object);
    const made = entryOf(report);
    if (made === null || objects.has(made.entry.file)) {
      remarks.push(`${name}@${version} is left out: no file of its own can have its name`);
      continue;
    }
    objects.set(made.entry.file, object);
    catalogue = withReport(catalogue, report, compareVersions);
  }
  return {
    catalogue,
    pairs: "neighbours",
    remarks,
    read: (file) => reports.read(objects.get(file)!),
    close: () => reports.close(),
  };
}
