import { type Command, InvalidArgumentError, Option } from "commander";
import { ExtractorError } from "../errors.ts";
import { type HistoryFormatName, historyFormats } from "../render/history/formats.ts";
import { exampleTool } from "./known-tools.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, screenOf, write } from "./output.ts";
import { declarePackageOptions, type PackageOptions, pipelineOptions } from "./package-options.ts";
import { reportOf } from "./report-of.ts";
import type { ExitCode, Session } from "./session.ts";

interface HistoryOptions extends PackageOptions, OutputOptions {
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

Exit codes
  0  done
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract history TOOL`: hosts, endpoints, events and keys per version; first and last version of each. */
export function history(command: Command, session: Session): Command {
  command.description("a series over versions: what came, what went");
  command.argument("<tool>", "known tool or npm package");
  command.addOption(new Option("-f, --format <name>", "how to write the series").choices(names).default("text"));
  command.option("--since <version>", "every release from this one on");
  command.option("--last <number>", "without --since: how many of the newest releases", positive, 10);
  command.option("--all", "every row instead of the first of each list");
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (tool: string, options: HistoryOptions) => {
    session.exitCode = await run(tool, options, session);
  });
}

async function run(tool: string, options: HistoryOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const { isVersion, releasesOf, releasesSince } = await import("../releases.ts");
  if (options.since !== undefined && !isVersion(options.since)) {
    throw new ExtractorError("usage", `${options.since} is no version`, { hint: "give one such as 1.2.3" });
  }
  const releases = await releasesOf(tool, pipelineOptions(options).cache);
  const wanted = releasesSince(releases, options.since);
  const versions = options.since === undefined ? wanted.slice(-options.last) : wanted;
  if (versions.length === 0) {
    throw new ExtractorError("not-found", `${tool} has no release since ${options.since}`, {
      hint: `the newest is ${releases.latest}`,
    });
  }
  const { SeriesBuilder } = await import("../compare/series.ts");
  const series = new SeriesBuilder();
  for (const version of versions) series.add(await reportOf(`npm:${releases.name}@${version}`, options, session));
  const rendering = { ...screenOf(session, options), all: options.all === true };
  await write(historyFormats[options.format].render(series.finish(), rendering), session, options);
  if (versions.length < wanted.length) {
    remark(`the newest ${versions.length} of ${wanted.length} releases; --since or --last for more`, session, options);
  }
  return 0;
}

function positive(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new InvalidArgumentError("Expected a whole number above 0.");
}
