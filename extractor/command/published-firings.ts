import { basename, join } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { Check } from "../model/check.ts";
import type { Report } from "../model/report.ts";
import { toJson } from "../render/json.ts";
import { folderOf, observedFileOf, renderCatalogue, withObservation } from "../render/published/catalogue.ts";
import { readCatalogue } from "./published.ts";
import { replaceFile } from "./terminal/replace-file.ts";

/**
 * Said before the program is run, so that nobody waits for what can't be kept.
 * @throws ExtractorError `usage` where the report isn't published in that folder
 */
export async function checkPublished(folder: string, report: Report): Promise<void> {
  const id = folderOf(report);
  const { version } = report.package;
  const { tools } = await readCatalogue(folder);
  if (tools.some((tool) => tool.id === id && tool.versions.some((entry) => entry.version === version))) return;
  throw new ExtractorError("usage", `${id} ${version} is not published in ${folder}`, {
    hint: "extract publish comes first",
  });
}

/**
 * Keeps which endpoints of a published report a run fired, and lists it. Paths of this machine stay out.
 * @returns the file written
 */
export async function publishFirings(folder: string, report: Report, check: Check): Promise<string> {
  const id = folderOf(report);
  const { version } = report.package;
  const captures = check.captures.map((capture) => ({ ...capture, file: basename(capture.file) }));
  const path = join(folder, observedFileOf(id, version));
  await replaceFile(path, toJson({ ...check, captures }));
  const catalogue = withObservation(await readCatalogue(folder), id, version, check);
  await replaceFile(join(folder, "index.json"), toJson(catalogue));
  await replaceFile(join(folder, "README.md"), renderCatalogue(catalogue));
  return path;
}
