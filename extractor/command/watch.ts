import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import envPaths from "env-paths";
import { ExtractorError } from "../errors.ts";
import type { DiffFormat } from "../render/diff/format.ts";
import { type DiffFormatName, diffFormats } from "../render/diff/formats.ts";
import { declareUseCensusOption, type UseCensusOption } from "./options/census-options.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions, pipelineOptions } from "./options/package-options.ts";
import { ReleaseReports } from "./release-reports.ts";
import { type OutputOptions, remark, screenOf, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";
import { readWatchState, writeWatchState } from "./watch-state.ts";

interface WatchOptions extends PackageOptions, OutputOptions, UseCensusOption {
  format: DiffFormatName;
  state: string;
  interval?: number;
  command?: string;
}

const names = Object.keys(diffFormats) as DiffFormatName[];
const STATE = join(envPaths("endpoint-extractor", { suffix: "" }).data, "watch.json");

const HELP = `
The first run remembers the newest version of each tool. Later runs write the diff of every release since, the oldest first,
each against the one before. A version is remembered once its diff is delivered: a crash, or a command that fails, leaves it
for the next run.

Examples
  extract watch ${exampleTool}                                     from cron
  extract watch ${exampleTool} --interval 1h --format markdown --command 'mail -s "$EXTRACT_TOOL $EXTRACT_TO" me'

Exit codes
  0  done
  2  wrong usage or input, or the command failed: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract watch TOOL…`: the diff of a version that appeared. */
export function watch(command: Command, session: Session): Command {
  command.description("write the diff when a new version appears");
  command.argument("<tool...>", "known tools or npm packages");
  command.addOption(new Option("-f, --format <name>", "how to write the diff").choices(names).default("text"));
  command.option("--state <file>", "where the last version seen is kept", STATE);
  command.option("--interval <time>", "look again and again, such as every 30m, 1h or 1d", duration);
  command.option(
    "--command <line>",
    "give each diff to a shell command on stdin; EXTRACT_TOOL, EXTRACT_FROM and EXTRACT_TO say which",
  );
  command.option("--color", "colour even where stdout is no terminal");
  command.option("--no-color", "no colour");
  command.option("-q, --quiet", "neither progress nor remarks on stderr");
  declarePackageOptions(declareUseCensusOption(command));
  return command.addHelpText("after", HELP).action(async (tools: string[], options: WatchOptions) => {
    session.exitCode = await run(tools, options, session);
  });
}

async function run(tools: string[], options: WatchOptions, session: Session): Promise<ExitCode> {
  for (;;) {
    const failures: unknown[] = [];
    // One tool that fails keeps no other from its turn.
    for (const tool of tools) await look(tool, options, session).catch((error: unknown) => failures.push(error));
    if (options.interval === undefined) {
      for (const error of failures.slice(1)) passOver(error, options, session);
      if (failures.length > 0) throw failures[0];
      return 0;
    }
    // In a loop a registry may be away for an hour.
    for (const error of failures) passOver(error, options, session);
    await delay(options.interval);
  }
}

function passOver(error: unknown, options: WatchOptions, session: Session): void {
  if (!(error instanceof ExtractorError)) throw error;
  remark(`${error.message}; the next look may find it mended`, session, options);
}

async function look(tool: string, options: WatchOptions, session: Session): Promise<void> {
  const { releasesOf, releasesSince } = await import("../releases.ts");
  const releases = await releasesOf(tool, pipelineOptions(options).cache);
  const { name } = releases;
  const versions = releasesSince(releases, undefined);
  const known = (await readWatchState(options.state))[name];
  const remember = async (version: string) =>
    writeWatchState(options.state, { ...(await readWatchState(options.state)), [name]: version });
  if (known === undefined) {
    const newest = versions.at(-1);
    if (newest === undefined) return;
    await remember(newest);
    remark(`watching ${name} from ${newest} on`, session, options);
    return;
  }
  let before = known;
  for (const version of releasesSince(releases, known).filter((one) => one !== known)) {
    await deliver(name, [before, version], options, session);
    await remember(version);
    before = version;
  }
}

async function deliver(
  name: string,
  [from, to]: [from: string, to: string],
  options: WatchOptions,
  session: Session,
): Promise<void> {
  const { diff } = await import("../compare/diff/diff.ts");
  const reports = await ReleaseReports.open(options, session);
  const before = await reports.of(`npm:${name}@${from}`);
  const after = await reports.of(`npm:${name}@${to}`);
  reports.close();
  const format: DiffFormat = diffFormats[options.format];
  const text = format.render([diff(before, after)], { ...screenOf(session, options), all: false });
  if (options.command === undefined) return write(text, session, options);
  const environment = { ...session.environment, EXTRACT_TOOL: name, EXTRACT_FROM: from, EXTRACT_TO: to };
  const child = spawn(options.command, { shell: true, env: environment, stdio: ["pipe", "inherit", "inherit"] });
  // A command may end without reading all of it.
  child.stdin.on("error", () => undefined);
  child.stdin.end(text);
  const [code] = (await once(child, "close")) as [number | null];
  if (code === 0) return;
  throw new ExtractorError("usage", `the command failed for ${name} ${to} (exit code ${code})`, {
    hint: "the version is not marked as seen: mend the command and run again",
  });
}

const UNIT: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds. Timers can't wait longer than 24 days. */
function duration(text: string): number {
  const [, digits, unit = "s"] = /^(\d+)([smhd])?$/.exec(text) ?? [];
  const value = Number(digits) * UNIT[unit]! * 1000;
  if (value > 0 && value < 2 ** 31) return value;
  throw new InvalidArgumentError("Expected a time such as 30m, 1h or 1d, up to 24d.");
}
