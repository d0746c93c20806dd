import type { Report } from "../../extractor/model/report.ts";
import { extract } from "../../extractor/pipeline.ts";
import { type BundlerName, build } from "./build.ts";
import type { CorpusCase } from "./case.ts";

const OPTIONS = { sourceMaps: false, reveal: false, cache: { cache: false, offline: true }, limits: {} };

const reports = new Map<string, Promise<Report>>();

/** The report of one build, made once however many tests of a file ask. */
export function reportOf(corpusCase: CorpusCase, bundler: BundlerName): Promise<Report> {
  const id = `${corpusCase.name}/${bundler}`;
  const report = reports.get(id) ?? made(corpusCase, bundler);
  reports.set(id, report);
  return report;
}

async function made(corpusCase: CorpusCase, bundler: BundlerName): Promise<Report> {
  const { directory } = await build(corpusCase, bundler);
  return extract(directory, OPTIONS);
}
