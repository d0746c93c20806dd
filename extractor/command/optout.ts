import { type Command, Option } from "commander";
import { ExtractorError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { type OptOut, optOutOf } from "../model/switches/opt-out.ts";
import { isOpen } from "../model/switches/switch-matrix.ts";
import { type OptOutFormat, type OptOutFormatName, optOutFormats } from "../render/gates/opt-out-formats.ts";
import { liveFormats } from "../render/live/formats.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declareLiveOptions, type LiveOptions, planned, runnable, toolOf } from "./options/live-options.ts";
import { declarePackageOptions } from "./options/package-options.ts";
import { reportOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, write } from "./terminal/output.ts";
import { ProgressLine } from "./terminal/progress.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface OptOutOptions extends LiveOptions, OutputOptions {
  format: OptOutFormatName;
  check?: boolean;
}

const names = Object.keys(optOutFormats) as OptOutFormatName[];
/** No new run of --check is begun after so many minutes. */
const CHECK_MINUTES = 30;

const HELP = `
SPEC is a package as for extract SPEC, or REPORT.json. Of the switches that stop a telemetry endpoint whole, those that break the
least are named, and as few as will do.

With --check the program is run sealed (see extract capture --help) without them and with each variable; what came is printed
below, held against what was predicted. It needs a package, not a report.

Formats
${names.map((name) => `  ${name.padEnd(22)} ${optOutFormats[name].about}`).join("\n")}

Examples
  extract optout ${exampleTool}
  eval "$(extract optout ${exampleTool} -q --format sh)"
  extract optout ${exampleTool} --check

Exit codes
  0  done
  1  done, and no switch was found that stops telemetry; with --check: what was seen contradicts it, or the time was over
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract optout SPEC`: what to set to stop its telemetry, and what no switch stops. */
export function optout(command: Command, session: Session): Command {
  command.description("what to set so that a tool's telemetry stops, and what no switch stops");
  command.argument("<spec>", "package, or report in JSON");
  command.addOption(new Option("-f, --format <name>", "how to write it").choices(names).default("text"));
  command.option("--check", "run the program sealed with and without, and print what came");
  declareLiveOptions(command);
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (spec: string, options: OptOutOptions) => {
    session.exitCode = await run(spec, options, session);
  });
}

async function run(spec: string, options: OptOutOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  if (options.check === true && options.format !== "text")
    throw new ExtractorError("usage", "--check writes text only", { hint: "leave --format or --check out" });
  const report = await reportOf(spec, options, session);
  const optOut = optOutOf(report);
  const format: OptOutFormat = optOutFormats[options.format];
  const told = format.render(optOut);
  if (options.check !== true) {
    await write(told, session, options);
    return optOut.settings.length > 0 ? 0 : 1;
  }
  const { text, holds } = await proof(spec, report, optOut, { options, session });
  await write(`${told}\n${text}`, session, options);
  return holds ? 0 : 1;
}

/** Runs without and with each variable. */
async function proof(
  spec: string,
  report: Report,
  { settings }: OptOut,
  { options, session }: { options: OptOutOptions; session: Session },
): Promise<{ text: string; holds: boolean }> {
  const variables = settings.flatMap(({ setting: { kind, name, value } }) =>
    kind === "env" ? [[name, value] as const] : [],
  );
  if (variables.length === 0) return { text: "nothing to check: no variable stops telemetry\n", holds: false };
  const [{ loadSignatures }, { runSwitches }] = await Promise.all([
    import("../signatures/load.ts"),
    import("./switch-runs.ts"),
  ]);
  const signatures = await loadSignatures();
  const program = await runnable(spec, report);
  const plan = await planned(program, [], { options, signatures, session }, report);
  const runs = toolOf(program, signatures.tools)?.runs;
  const { name, version } = report.package;
  const matrix = await runSwitches({
    report,
    signatures,
    plan,
    folder: options.har ?? `optout-${(report.tool ?? name).replace(/[^\w.-]+/g, "-")}-${version}`,
    chosen: [...variables],
    documented: runs?.switches ?? {},
    known: runs?.disagreements ?? [],
    minutes: CHECK_MINUTES,
    progress: new ProgressLine(session, options),
  });
  const holds = !matrix.switches.some(({ cells }) => cells.some(isOpen)) && matrix.remaining.length === 0;
  return { text: liveFormats.text.renderSwitches(matrix), holds };
}
