import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { Diff } from "../model/diff.ts";
import type { Report } from "../model/report.ts";
import type { CatalogueTool } from "../model/signatures/catalogue.ts";
import type { FeedEntry } from "../render/site/feeds.ts";
import { type SiteSource, siteSource } from "./site-source.ts";
import { remark } from "./terminal/output.ts";
import { replaceFile } from "./terminal/replace-file.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface SiteOptions {
  output: string;
  dir: string;
  /** True: the person's own. */
  census?: string | true;
  url?: string;
  quiet?: boolean;
}

const HELP = `
Pages work from a disk and from any web server; none of them loads anything from elsewhere. search.html finds tools, hosts, events
and variables of all releases. feed.json and feed.xml tell of releases whose day is known; --url makes their links whole.

With --census the pages are of all that a census has: each version is compared with the one before alone.

Examples
  extract publish some-tool@1.2.3 some-tool@1.3.0 && extract site -o public
  extract census work && extract site --census -o public

Exit codes
  0  done
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract site -o DIR`: published reports as pages. */
export function site(command: Command, session: Session): Command {
  command.description("write a static site of published reports");
  command.requiredOption("-o, --output <folder>", "where to write the site");
  command.option("-d, --dir <folder>", "folder of published reports", "reports");
  command.option("--census [folder]", "reports of a census instead (yours, if no folder is named)");
  command.option("--url <address>", "where the site will be, for the links of its feeds", baseAddress);
  command.option("-q, --quiet", "no remarks on stderr");
  return command.addHelpText("after", HELP).action(async (options: SiteOptions) => {
    session.exitCode = await run(options, session);
  });
}

async function run(options: SiteOptions, session: Session): Promise<ExitCode> {
  const source = await siteSource(options);
  for (const line of source.remarks) remark(line, session, options);
  const { catalogue } = source;
  const [{ homePage, HOME }, { SearchIndex }, { searchPage }, { feedFiles }] = await Promise.all([
    import("../render/site/pages.ts"),
    import("../render/site/search-index.ts"),
    import("../render/site/search-page.ts"),
    import("../render/site/feeds.ts"),
  ]);
  const index = new SearchIndex();
  const releases: FeedEntry[] = [];
  let pages = 0;
  const put = async ({ path, text }: { path: string; text: string }) => {
    await replaceFile(join(options.output, path), text);
    pages++;
  };
  for (const tool of catalogue.tools) {
    await writeTool(tool, source, put, (report, since) => {
      index.add(tool.id, report);
      releases.push(entryOf(tool, report, since));
    });
  }
  await put(searchPage(index, HOME));
  for (const feed of feedFiles(releases, options.url ?? null)) await put(feed);
  await put(homePage(catalogue));
  source.close();
  remark(`wrote ${pages} files, open ${join(options.output, "index.html")}`, session, options);
  return 0;
}

async function writeTool(
  tool: CatalogueTool,
  source: SiteSource,
  put: (file: { path: string; text: string }) => Promise<void>,
  note: (report: Report, since: Diff | null) => void,
): Promise<void> {
  const [{ diff }, { SeriesBuilder }, { diffFilePage, toolPage, versionFiles }] = await Promise.all([
    import("../compare/diff/diff.ts"),
    import("../compare/diff/series.ts"),
    import("../render/site/pages.ts"),
  ]);
  const series = new SeriesBuilder();
  let before: Report[] = [];
  for (const { file } of tool.versions) {
    const report = await source.read(file);
    const diffs = before.map((older) => diff(older, report));
    for (const one of diffs) await put(diffFilePage(tool, one));
    for (const page of versionFiles(tool, report, diffs.at(-1) ?? null)) await put(page);
    note(report, diffs.at(-1) ?? null);
    series.add(report);
    before = source.pairs === "all" ? [...before, report] : [report];
  }
  await put(toolPage(tool, series.finish(), source.pairs));
}

const entryOf = ({ id }: CatalogueTool, { package: { version, published } }: Report, diff: Diff | null): FeedEntry => ({
  tool: id,
  version,
  published: published === undefined || Number.isNaN(Date.parse(published)) ? null : published,
  diff,
  page: diff === null ? `${id}/${version}.html` : `${id}/${diff.from.version}..${version}.html`,
});

function baseAddress(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text.endsWith("/") ? text : `${text}/`;
  throw new InvalidArgumentError("Expected an address such as https://example.org/reports/.");
}
