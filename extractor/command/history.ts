import { type Command, Option } from "commander";
import { ExtractorError } from "../errors.ts";
import { type HistoryFormatName, historyFormats } from "../render/history/formats.ts";
import { declareUseCensusOption, type UseCensusOption } from "./options/census-options.ts";
import { formatAsked } from "./options/implied-format.ts";
import { exampleTool } from "./options/known-tools.ts";
import {
  declarePackageOptions,
  type PackageOptions,
  pipelineOptions,
  positiveInteger,
} from "./options/package-options.ts";
import { ReleaseReports } from "./release-reports.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, screenOf, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface HistoryOptions extends PackageOptions, OutputOptions, UseCensusOption {
  format: HistoryFormatName;
  since?: string;
  last: number;
  all?: boolean;
}

const names = Object.keys(historyFormats) as HistoryFormatName[];

const HELP = `
Formats
${names.map((name) => `  ${name.padEnd(22)} ${historyFormats[name].about}`).join("\n")}

Examples
  extract history ${exampleTool}
  extract history ${exampleTool} --since 1.2.0 --format json
  extract history ${exampleTool}@1.2.0 ${exampleTool}@1.4.1 report.json

Exit codes
  0  done
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/**
 * `extract history TOOL`: hosts, endpoints, events, fields and keys per version, and how events are sent; first and
 * last version of each. Several words are versions, in their order.
 */
export function history(command: Command, session: Session): Command {
  command.description("a series over versions: what came, what went");
  command.argument("<tool...>", "known tool or npm package; or several specs or reports of it, the oldest first");
  command.addOption(new Option("-f, --format <name>", "how to write the series").choices(names).default("text"));
  command.option("--since <version>", "every release from this one on");
  command.option("--last <number>", "without --since: how many of the newest releases", positiveInteger, 10);
  command.option("--all", "every row instead of the first of each list");
  declareUseCensusOption(command);
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (words: string[], options: HistoryOptions) => {
    session.exitCode = await run(words, { ...options, format: formatAsked(command, options, names) }, session);
  });
}

async function run(words: readonly string[], options: HistoryOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const { specs, left } = words.length === 1 ? await newest(words[0]!, options) : { specs: words, left: 0 };
  if (words.length > 1 && options.since !== undefined) {
    throw new ExtractorError("usage", "--since chooses releases of one tool, and several were named", {
      hint: "leave it out, or name the tool alone",
    });
  }
  const { SeriesBuilder } = await import("../compare/diff/series.ts");
  const series = new SeriesBuilder();
  const reports = await ReleaseReports.open(options, session);
  let name: string | null = null;
  for (const spec of specs) {
    const report = await reports.of(spec);
    name ??= report.package.name;
    if (report.package.name !== name) {
      throw new ExtractorError("usage", `${spec} is ${report.package.name} and no version of ${name}`, {
        hint: "a series is of one package",
      });
    }
    series.add(report);
  }
  reports.close();
  const rendering = { ...screenOf(session, options), all: options.all === true };
  await write(historyFormats[options.format].render(series.finish(), rendering), session, options);
  if (left > 0) {
    const all = specs.length + left;
    remark(`the newest ${specs.length} of ${all} releases; --since or --last for more`, session, options);
  }
  return 0;
}

/** Specs of the releases that the options choose, and how many more there are. */
async function newest(
  tool: string,
  { since, last, ...options }: HistoryOptions,
): Promise<{ specs: string[]; left: number }> {
  const { isVersion, releasesOf, releasesSince } = await import("../releases.ts");
  if (since !== undefined && !isVersion(since)) {
    throw new ExtractorError("usage", `${since} is no version`, { hint: "give one such as 1.2.3" });
  }
  const releases = await releasesOf(tool, pipelineOptions(options).cache);
  const wanted = releasesSince(releases, since);
  const versions = since === undefined ? wanted.slice(-last) : wanted;
  if (versions.length === 0) {
    throw new ExtractorError("not-found", `${tool} has no release since ${since}`, {
      hint: `the newest is ${releases.latest}`,
    });
  }
  return {
    specs: versions.map((version) => `npm:${releases.name}@${version}`),
    left: wanted.length - versions.length,
  };
}
