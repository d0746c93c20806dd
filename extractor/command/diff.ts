import { type Command, InvalidArgumentError, Option } from "commander";
import { FAIL_CONDITIONS, type FailCondition, failures } from "../compare/diff/fail-on.ts";
import { ExtractorError } from "../errors.ts";
import type { Diff } from "../model/diff.ts";
import type { Report } from "../model/report.ts";
import type { DiffFormat } from "../render/diff/format.ts";
import { type DiffFormatName, diffFormats } from "../render/diff/formats.ts";
import { declareUseCensusOption, type UseCensusOption } from "./options/census-options.ts";
import { formatAsked } from "./options/implied-format.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions, pipelineOptions } from "./options/package-options.ts";
import { ReleaseReports } from "./release-reports.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, screenOf, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface DiffOptions extends PackageOptions, OutputOptions, UseCensusOption {
  format: DiffFormatName;
  all?: boolean;
  failOn?: FailCondition[];
}

const names = Object.keys(diffFormats) as DiffFormatName[];
const conditions = Object.keys(FAIL_CONDITIONS) as FailCondition[];

const HELP = `
A and B are packages as for extract SPEC, or REPORT.json: what extract SPEC --format json wrote.
NAME@V1..V2 in place of both compares every release from V1 to V2 with the one before.

Formats
${names.map((name) => `  ${name.padEnd(22)} ${diffFormats[name].about}`).join("\n")}

Examples
  extract diff ${exampleTool}@1.2.0 ${exampleTool}@1.3.0
  extract diff ${exampleTool}@1.2.0..1.3.0 --format markdown
  extract diff old.json new.json --fail-on added-endpoint,new-host --format sarif -o diff.sarif

Exit codes
  0  done
  1  done, and --fail-on was met
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract diff A B`: what the second can send that the first can't, and the reverse. */
export function diff(command: Command, session: Session): Command {
  command.description("compare what two versions can send");
  command.argument("<a>", "package, report in JSON, or NAME@V1..V2");
  command.argument("[b]", "package or report in JSON");
  command.addOption(new Option("-f, --format <name>", "how to write the diff").choices(names).default("text"));
  command.option("--all", "every row instead of the first of each list");
  command.option("--fail-on <conditions>", `exit 1 when one is met: ${conditions.join(", ")}`, conditionList);
  declareUseCensusOption(command);
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (a: string, b: string | undefined, options: DiffOptions) => {
    session.exitCode = await run(a, b, { ...options, format: formatAsked(command, options, names) }, session);
  });
}

async function run(a: string, b: string | undefined, options: DiffOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const specs = b === undefined ? await range(a, options) : [a, b];
  const diffs = await diffsOf(specs, options, session);
  const format: DiffFormat = diffFormats[options.format];
  await write(format.render(diffs, { ...screenOf(session, options), all: options.all === true }), session, options);
  if (options.output !== undefined) remark(`wrote ${options.output}`, session, options);
  const met = failures(diffs, options.failOn ?? []);
  for (const { condition, culprits } of met) {
    const more = culprits.length > 3 ? ` and ${culprits.length - 3} more` : "";
    remark(`${condition}: ${culprits.slice(0, 3).join(", ")}${more}`, session, options);
  }
  return met.length > 0 ? 1 : 0;
}

async function range(spec: string, options: DiffOptions): Promise<string[]> {
  const { releasesBetween } = await import("../releases.ts");
  const specs = await releasesBetween(spec, pipelineOptions(options).cache);
  if (specs !== null) return specs;
  throw new ExtractorError("usage", "only one package given", {
    hint: `name two, or a range such as ${exampleTool}@1.2.0..1.3.0`,
  });
}

/** No more than two reports stand in memory, however long the range is. */
async function diffsOf(specs: readonly string[], options: DiffOptions, session: Session): Promise<Diff[]> {
  const { diff: compare } = await import("../compare/diff/diff.ts");
  const reports = await ReleaseReports.open(options, session);
  const diffs: Diff[] = [];
  let before: Report | null = null;
  for (const spec of specs) {
    const after = await reports.of(spec);
    if (before !== null) diffs.push(compare(before, after));
    before = after;
  }
  reports.close();
  return diffs;
}

function conditionList(text: string, before: FailCondition[] | undefined): FailCondition[] {
  const wanted = text.split(",").map((word) => conditions.find((condition) => condition === word.trim()));
  if (wanted.includes(undefined)) throw new InvalidArgumentError(`Allowed are ${conditions.join(", ")}.`);
  return [...(before ?? []), ...(wanted as FailCondition[])];
}
