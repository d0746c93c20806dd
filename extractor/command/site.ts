import { join } from "node:path";
import type { Command } from "commander";
import { ExtractorError } from "../errors.ts";
import type { CatalogueTool } from "../model/catalogue.ts";
import type { Report } from "../model/report.ts";
import { remark } from "./output.ts";
import { readCatalogue } from "./published.ts";
import { replaceFile } from "./replace-file.ts";
import type { ExitCode, Session } from "./session.ts";

interface SiteOptions {
  output: string;
  dir: string;
  quiet?: boolean;
}

const HELP = `
Pages work from a disk and from any web server; none of them loads anything from elsewhere.

Example
  extract publish some-tool@1.2.3 some-tool@1.3.0 && extract site -o public

Exit codes
  0  done
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract site -o DIR`: published reports as pages. */
export function site(command: Command, session: Session): Command {
  command.description("write a static site of published reports");
  command.requiredOption("-o, --output <folder>", "where to write the site");
  command.option("-d, --dir <folder>", "folder of published reports", "reports");
  command.option("-q, --quiet", "no remarks on stderr");
  return command.addHelpText("after", HELP).action(async (options: SiteOptions) => {
    session.exitCode = await run(options, session);
  });
}

async function run(options: SiteOptions, session: Session): Promise<ExitCode> {
  const catalogue = await readCatalogue(options.dir);
  if (catalogue.tools.length === 0) {
    throw new ExtractorError("not-found", `no published reports in ${options.dir}`, {
      hint: "extract publish SPEC writes some",
    });
  }
  const { homePage } = await import("../render/site/pages.ts");
  let pages = 0;
  const put = async ({ path, text }: { path: string; text: string }) => {
    await replaceFile(join(options.output, path), text);
    pages++;
  };
  for (const tool of catalogue.tools) await writeTool(tool, options.dir, put);
  await put(homePage(catalogue));
  remark(`wrote ${pages} files, open ${join(options.output, "index.html")}`, session, options);
  return 0;
}

async function writeTool(
  tool: CatalogueTool,
  folder: string,
  put: (file: { path: string; text: string }) => Promise<void>,
): Promise<void> {
  const [{ diff }, { SeriesBuilder }, { diffFilePage, toolPage, versionFiles }, { readStoredReport }] =
    await Promise.all([
      import("../compare/diff/diff.ts"),
      import("../compare/diff/series.ts"),
      import("../render/site/pages.ts"),
      import("./stored.ts"),
    ]);
  const series = new SeriesBuilder();
  const reports: Report[] = [];
  for (const { file } of tool.versions) {
    const report = await readStoredReport(join(folder, file));
    const diffs = reports.map((older) => diff(older, report));
    for (const one of diffs) await put(diffFilePage(tool, one));
    for (const page of versionFiles(tool, report, diffs.at(-1) ?? null)) await put(page);
    series.add(report);
    reports.push(report);
  }
  await put(toolPage(tool, series.finish()));
}
