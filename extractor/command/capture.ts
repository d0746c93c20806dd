import { type Command, InvalidArgumentError, Option } from "commander";
import { ExtractorError } from "../errors.ts";
import type { RunPlan } from "../live/plan/run-plan.ts";
import type { LiveRun } from "../model/live-run.ts";
import type { Report } from "../model/report.ts";
import { isOpen } from "../model/switches/switch-matrix.ts";
import { type LiveFormat, type LiveFormatName, liveFormats } from "../render/live/formats.ts";

import { eachSetting, environment } from "./options/environment-option.ts";
import { exampleTool } from "./options/known-tools.ts";
import {
  declareLiveOptions,
  Interrupted,
  insideOption,
  type LiveOptions,
  type LiveOrder,
  planned,
  runLive,
  runnable,
  runProgress,
  toolOf,
} from "./options/live-options.ts";
import { declarePackageOptions } from "./options/package-options.ts";
import { reportOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, write } from "./terminal/output.ts";
import { ProgressLine } from "./terminal/progress.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

const DEFAULT_HAR = "capture.har";
const DEFAULT_MINUTES = 30;
/** For reading a package that is only run. */
const MOST_SECONDS = 60;

interface CaptureOptions extends LiveOptions, OutputOptions {
  format: LiveFormatName;
  switches?: boolean;
  switch?: (readonly [string, string])[];
  minutes: number;
  inside?: boolean;
}

const names = Object.keys(liveFormats) as LiveFormatName[];

const HELP = `
SPEC is a package as for extract SPEC. Arguments for its program stand after --; without them, --script chooses one of the runs
that are known for the tool (prompt, version, help, login, interactive). Without a package, what stands after -- is a command.
A program of which no run is known is tried with --version, --help, and what its help offers for asking a question and
for logging in, with made-up keys in the variables that its report names; the summary says what was run.

The run is sealed: a network namespace without a way out, where every name resolves to this machine and every port ends in a
server that answers for all. It needs Linux, bubblewrap and user namespaces. Made-up credentials, a home folder and a small
repository in memory; the person's own home, temporary files and local services are out of sight. Nothing is left behind.
With --mode proxy only variables lead the program to us: what it sends past the proxy goes out, and is not seen.

With --forward it is your own real run: the program has your home, credentials, variables, input and current folder, and no time
limit, and what it sends goes to the real servers and does there what it always does. Requests pass a proxy that reads them (as
with --mode proxy: what ignores the proxy variables is not seen). What the program says goes to stderr, the summary to stdout.
Of what passes, hosts, paths, names of headers, query and body members, names of events, and types are kept; values are not:
texts become {text}, numbers 0, keys a SHA-256, identifiers in paths {id}. HTTP/2 and websockets pass, other protocols don't.

With --switches the run is made by default (twice) and once per switch, those that the report predicts and those that the tool's
documentation names; what came is held against what was predicted. Runs are kept as HAR files in a folder (--har), from which an
interrupted call goes on.

Examples
  extract capture ${exampleTool} -- -p "What is 2+2?"
  extract capture ${exampleTool} --script interactive --har interactive.har
  extract capture --env DEBUG=1 -- curl https://example.com/
  extract capture ${exampleTool} --switches
  extract capture --forward --har mine.har -- ${exampleTool.replace(/@.*/, "")}

Formats
${names.map((name) => `  ${name.padEnd(22)} ${liveFormats[name].about}`).join("\n")}

Exit codes
  0  done
  1  done, and nothing was seen; with --switches: prediction and observation disagree and nobody knows why, or the time was over
  2  wrong usage or input, or no rights: one line says what, a second what to do
`;

/** `extract capture SPEC`: what a program tries to reach, seen by running it where nothing can leave. */
export function capture(command: Command, session: Session): Command {
  command.description("run a program in isolation and record what it tries to reach");
  command.argument("[spec]", "package, folder or program");
  command.argument("[arguments...]", "for the program, after --");
  command.addOption(new Option("-f, --format <name>", "how to write the summary").choices(names).default("text"));
  command.option("--env <NAME=VALUE>", "a variable to set for the program (repeatable)", environment);
  declareLiveOptions(command);
  command.option("--switches", "run it by default and once per switch; print predicted against observed");
  command.option("--switch <NAME=VALUE>", "with --switches: try only this (repeatable)", eachSetting);
  command.option("--minutes <number>", "with --switches: begin no run after this time", minutes, DEFAULT_MINUTES);
  command.addOption(insideOption());
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command
    .addHelpText("after", HELP)
    .action(async (spec: string | undefined, args: string[], options: CaptureOptions, self: Command) => {
      if (options.inside === true) return (await import("../live/inside.ts")).runInside();
      // commander takes the first word after -- for the package where none is given
      const dashes = process.argv.indexOf("--");
      const noSpec = dashes >= 0 && self.args.length === process.argv.length - dashes - 1;
      const words = noSpec && spec !== undefined ? [spec, ...args] : args;
      session.exitCode = await run(noSpec ? null : (spec ?? null), words, options, session);
    });
}

function minutes(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new InvalidArgumentError("Expected a number of minutes.");
}

async function run(spec: string | null, args: string[], options: CaptureOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const { loadSignatures } = await import("../signatures/load.ts");
  const signatures = await loadSignatures();
  if (options.switches !== true) {
    const isGuess = spec !== null && args.length === 0 && options.script === undefined && options.forward !== true;
    const isKnown = spec !== null && toolOf(spec, signatures.tools)?.runs?.scripts.prompt !== undefined;
    const report = isGuess && !isKnown ? await keysOf(spec, options, session) : null;
    const plan = await planned(spec, args, { options, signatures, session }, report);
    return runOnce(plan, options, session);
  }
  if (options.forward === true) {
    throw new ExtractorError("usage", "--switches and --forward contradict each other: it is dozens of runs", {
      hint: "leave --forward out: switches are tried in runs that nobody pays for",
    });
  }
  if (spec === null) {
    throw new ExtractorError("usage", "--switches needs a package", {
      hint: "a command alone has no predictions to hold it against",
    });
  }
  return trySwitches(spec, args, { options, signatures, session });
}

/** The report of a program that nobody prepared for, as far as it is made soon: it names the keys it reads. */
async function keysOf(spec: string, options: CaptureOptions, session: Session): Promise<Report | null> {
  try {
    return await reportOf(
      spec,
      { ...options, maxTime: Math.min(options.maxTime ?? MOST_SECONDS, MOST_SECONDS) },
      session,
    );
  } catch (error) {
    // what can't be read can still be run; whether it can be is said by the run
    if (error instanceof ExtractorError) return null;
    throw error;
  } finally {
    session.isPartial = false;
  }
}

async function runOnce(plan: RunPlan, options: CaptureOptions, session: Session): Promise<ExitCode> {
  const har = options.har ?? DEFAULT_HAR;
  const progress = runProgress(plan, session, options);
  const tell = async (run: LiveRun): Promise<ExitCode> => {
    progress.clear();
    const format: LiveFormat = liveFormats[options.format];
    await write(format.render(run), session, options);
    remark(`wrote ${har}`, session, options);
    return run.requests.length + run.connections.length + run.datagrams.length > 0 ? 0 : 1;
  };
  try {
    return await runLive(plan, har, (done, detail) =>
      progress.update({ stage: "requests", done, total: null, detail }),
    ).then(tell);
  } catch (error) {
    progress.clear();
    if (!(error instanceof Interrupted)) throw error;
    await tell(error.run);
    error.end();
    return 1;
  }
}

async function trySwitches(
  spec: string,
  args: string[],
  { options, signatures, session }: LiveOrder<CaptureOptions>,
): Promise<ExitCode> {
  const [report, { runSwitches }] = await Promise.all([reportOf(spec, options, session), import("./switch-runs.ts")]);
  const program = await runnable(spec, report);
  const plan = await planned(program, args, { options, signatures, session }, report);
  const { name, version } = report.package;
  const runs = toolOf(program, signatures.tools)?.runs;
  const folder = options.har ?? `capture-${(report.tool ?? name).replace(/[^\w.-]+/g, "-")}-${version}`;
  try {
    const matrix = await runSwitches({
      report,
      signatures,
      plan,
      folder,
      chosen: options.switch ?? null,
      documented: runs?.switches ?? {},
      known: runs?.disagreements ?? [],
      minutes: options.minutes,
      progress: new ProgressLine(session, options),
    });
    const format: LiveFormat = liveFormats[options.format];
    await write(format.renderSwitches(matrix), session, options);
    const disagree = matrix.switches.some(({ cells }) => cells.some(isOpen));
    return disagree || matrix.remaining.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    remark(`interrupted: the same command goes on from what is in ${folder}`, session, options);
    error.end();
    return 1;
  }
}
