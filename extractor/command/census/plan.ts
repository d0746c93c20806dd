import { readFile, stat } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReleaseChoice } from "../../census/job/choose-releases.ts";
import type { CensusJob } from "../../census/job/job.ts";
import { ExtractorError } from "../../errors.ts";
import { PLATFORMS } from "../../model/platform.ts";
import {
  type CensusOptions,
  declareFolderOption,
  declareQueueOption,
  jobOptionsOf,
  type QueueOptions,
} from "../options/census-options.ts";
import { exampleTool } from "../options/known-tools.ts";
import {
  declareAnalysisOptions,
  declareSupplyOptions,
  type PackageOptions,
  positiveInteger,
  supplyOf,
} from "../options/package-options.ts";
import { remark } from "../terminal/output.ts";
import type { ExitCode, Session } from "../terminal/session.ts";

interface PlanOptions extends CensusOptions, QueueOptions, ReleaseChoice, PackageOptions {}

const HELP = `
Each word is a known tool or an npm package, with a version or a range or without (all versions), or a file
that lists such words, one a line; what follows # is a remark. What is planned twice is done once. A new build
of this program, other signatures or other options make new jobs of the same releases.

Examples
  extract census plan ${exampleTool}                       every release
  extract census plan ${exampleTool}@^2 --each minor       the last of each minor version
  extract census plan tools.txt --since 2026-01-01   what came out this year
  extract census plan tools.txt --last 5 --queue postgres://census@db.example.com/census

Exit codes
  0  done
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract census plan TOOL…`: which releases are to be analysed. */
export function censusPlan(command: Command, session: Session): Command {
  command.description("say which releases are to be analysed");
  command.argument("<tool...>", "known tools or npm packages, or files that list them");
  command.option("--since <version>", "from this version on, or from this day on (2026-01-31)", sinceWhen);
  command.addOption(new Option("--each <part>", "only the newest of each").choices(["minor", "major"]));
  command.option("--last <number>", "only the newest so many", positiveInteger);
  command.option("--spread <number>", "only so many, spread evenly from the oldest to the newest", positiveInteger);
  command.option("--prereleases", "pre-releases as well");
  declareFolderOption(command);
  declareQueueOption(command);
  declareSupplyOptions(declareAnalysisOptions(command, PLATFORMS));
  command.option("-q, --quiet", "no remarks on stderr");
  return command.addHelpText("after", HELP).action(async (words: string[], options: PlanOptions) => {
    session.exitCode = await run(words, options, session);
  });
}

async function run(words: readonly string[], options: PlanOptions, session: Session): Promise<ExitCode> {
  const [{ plannedJobs }, { openQueue }, { thisMaker }] = await Promise.all([
    import("../../census/plan.ts"),
    import("../../census/open-queue.ts"),
    import("../../census/maker.ts"),
  ]);
  const maker = await thisMaker();
  const by = { maker, options: jobOptionsOf(options)!, registry: supplyOf(options) };
  const failures: ExtractorError[] = [];
  const jobs: CensusJob[] = [];
  for (const spec of await specsIn(words)) {
    try {
      const planned = await plannedJobs(spec, options, by);
      jobs.push(...planned);
      if (planned.length === 0) remark(`${spec}: no release is meant`, session, options);
    } catch (error) {
      // one that is gone keeps no other from being planned
      if (!(error instanceof ExtractorError)) throw error;
      failures.push(error);
      remark(error.message, session, options);
    }
  }
  if (jobs.length === 0 && failures[0] !== undefined) throw failures[0];
  const queue = await openQueue(options.dir, options.queue ?? null, { maker, seconds: null });
  try {
    const { added, known } = await queue.add(jobs);
    const where = options.queue === undefined ? `in ${options.dir}` : "in the queue";
    const packages = new Set(jobs.map((job) => job.package)).size;
    remark(`${jobs.length} releases of ${packages} packages ${where}: ${added} new, ${known} known`, session, options);
  } finally {
    await queue.close();
  }
  return failures.length > 0 ? 1 : 0;
}

/** The words, and in the place of a file's name what it lists. */
async function specsIn(words: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(words.map(async (word) => ((await isFile(word)) ? listed(word) : [word])));
  const specs = [...new Set(lists.flat())];
  if (specs.length > 0) return specs;
  throw new ExtractorError("usage", `${words.join(", ")}: no package is listed`, { hint: "one name a line" });
}

const isFile = (word: string): Promise<boolean> =>
  stat(word).then(
    (entry) => entry.isFile(),
    () => false,
  );

async function listed(file: string): Promise<string[]> {
  const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.replace(/#.*/, "").trim());
  return lines.filter((line) => line !== "");
}

function sinceWhen(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isDay || /^\d+\.\d+\.\d+/.test(text)) return text;
  throw new InvalidArgumentError("Expected a version such as 1.2.3, or a day such as 2026-01-31.");
}
