import { type Command, Option } from "commander";
import { ExtractorError } from "../errors.ts";
import { type Check, VERDICTS } from "../model/check.ts";
import { isPartial } from "../model/diagnostic.ts";
import type { LiveRun } from "../model/live-run.ts";
import type { Report } from "../model/report.ts";
import { observe } from "../observe.ts";
import type { CheckFormat } from "../render/check/format.ts";
import { type CheckFormatName, checkFormats } from "../render/check/formats.ts";
import { doubts, VERDICT_MEANING } from "../render/check/verdicts.ts";
import { count } from "../render/count.ts";
import { visible } from "../render/terminal.ts";
import { environment } from "./options/environment-option.ts";
import { formatAsked } from "./options/implied-format.ts";
import { exampleTool } from "./options/known-tools.ts";
import {
  declareLiveOptions,
  Interrupted,
  type LiveOptions,
  type LiveOrder,
  planned,
  runLive,
  runnable,
  runProgress,
} from "./options/live-options.ts";
import { declarePackageOptions } from "./options/package-options.ts";
import { checkPublished, publishFirings } from "./published-firings.ts";
import { reportOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, screenOf, write } from "./terminal/output.ts";
import { ProgressLine } from "./terminal/progress.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface CheckOptions extends LiveOptions, OutputOptions {
  format: CheckFormatName;
  all?: boolean;
  capture?: boolean;
  publish?: string;
  baseline?: string;
  explainUnpredicted?: boolean;
  failOn?: "unpredicted";
}

const names = Object.keys(checkFormats) as CheckFormatName[];

const HELP = `
SPEC is a package as for extract SPEC, or REPORT.json: what extract SPEC --format json wrote.
CAPTURE is a file or a folder; its format is known by content: HAR 1.2, mitmproxy flows, proxymock RRPairs, Burp items (XML),
Chromium NetLogs, URL logs (METHOD URL, CONNECT host:port or a URL alone on a line), NDJSON of requests; each may be gzipped or in
UTF-16. Several are read one after the other.
With --capture the program is run as extract capture does (with --forward, as your own real run), and what stands in the place of captures are its arguments.

Formats
${names.map((name) => `  ${name.padEnd(22)} ${checkFormats[name].about}`).join("\n")}

Verdicts
${VERDICTS.map((verdict) => `  ${verdict.padEnd(22)} ${VERDICT_MEANING[verdict]}`).join("\n")}

Examples
  extract check ${exampleTool} capture.har
  extract check report.json flows.mitm --env DISABLE_TELEMETRY=1 --baseline earlier.json
  extract check ${exampleTool} --capture -- -p "What is 2+2?"
  extract check ${exampleTool} capture/ --fail-on unpredicted --format sarif -o check.sarif

Exit codes
  0  done
  1  done, and --fail-on was met, or could not be ruled out because a capture is damaged
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent; a stored one as well
`;

/** `extract check SPEC CAPTURE…`: which predictions fired, and what nobody predicted. */
export function check(command: Command, session: Session): Command {
  command.description("hold a prediction against captured traffic");
  command.argument("<spec>", "package, or report in JSON");
  command.argument("[capture...]", "captured traffic: files or folders");
  command.addOption(new Option("-f, --format <name>", "how to write the result").choices(names).default("text"));
  command.option("--all", "every row instead of the first few of each list");
  command.option(
    "--env <NAME=VALUE>",
    "a variable the captured run had set (repeatable); makes its environment known",
    environment,
  );
  command.option("--baseline <check.json>", "an earlier result: says what newly fires");
  command.option("--explain-unpredicted", "the nearest templates and literals for each unpredicted request");
  command.option("--capture", "run the program now, sealed, and check what it sends");
  declareLiveOptions(command);
  command.option("--publish <folder>", "keep which endpoints fired beside the published report there");
  command.addOption(new Option("--fail-on <verdict>", "exit 1 when a request gets it").choices(["unpredicted"]));
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (spec: string, captures: string[], options: CheckOptions) => {
    session.exitCode = await run(spec, captures, { ...options, format: formatAsked(command, options, names) }, session);
  });
}

async function run(spec: string, words: string[], options: CheckOptions, session: Session): Promise<ExitCode> {
  if (words.length === 0 && options.capture !== true) {
    throw new ExtractorError("usage", "missing required argument 'capture'", {
      hint: "give captured traffic, or --capture to make some",
    });
  }
  await checkWritable(options);
  // Loaded here so that --help and usage errors don't wait for them.
  const [{ CrossCheck }, { loadSignatures }, { readStoredCheck }] = await Promise.all([
    import("../compare/check/cross-check.ts"),
    import("../signatures/load.ts"),
    import("./stored.ts"),
  ]);
  const baseline = options.baseline === undefined ? null : await readStoredCheck(options.baseline);
  const signatures = await loadSignatures();
  const report = await reportOf(spec, options, session);
  session.isPartial ||= isPartial(report);
  if (options.publish !== undefined) await checkPublished(options.publish, report);
  const live =
    options.capture === true ? await captured(report, [spec, ...words], { options, signatures, session }) : null;
  if (live === "interrupted") return 1;
  const crossCheck = new CrossCheck(report, signatures, {
    environment: live?.environment ?? options.env ?? null,
    explainUnpredicted: options.explainUnpredicted === true,
    baseline,
    run: live?.run ?? null,
  });
  const progress = new ProgressLine(session, options);
  const result = await observe(crossCheck, live === null ? words : [live.har], (done, detail) =>
    progress.update({ stage: "requests", done, total: null, detail }),
  ).finally(() => progress.clear());
  const format: CheckFormat = checkFormats[options.format];
  await write(format.render(result, { ...screenOf(session, options), all: options.all === true }), session, options);
  if (options.publish !== undefined)
    remark(`wrote ${await publishFirings(options.publish, report, result)}`, session, options);
  return concluded(result, options, session);
}

/** Runs the program; its environment is known then. */
async function captured(
  report: Report,
  [spec, ...args]: [spec: string, ...args: string[]],
  { options, signatures, session }: LiveOrder<CheckOptions>,
): Promise<{ har: string; environment: ReadonlyMap<string, string>; run: LiveRun } | "interrupted"> {
  const plan = await planned(await runnable(spec, report), args, { options, signatures, session }, report);
  const har = options.har ?? "capture.har";
  const progress = runProgress(plan, session, options);
  try {
    const run = await runLive(plan, har, (done, detail) =>
      progress.update({ stage: "requests", done, total: null, detail }),
    );
    progress.clear();
    const failed = run.exit.code === 0 ? "" : `; the program ended with ${run.exit.signal ?? `exit ${run.exit.code}`}`;
    const { packetsOutside } = run.network;
    const sealed =
      packetsOutside === null
        ? `${run.forwarded === null ? "" : `${count(run.forwarded, "request")} left this machine, `}direct connections were not seen`
        : `${packetsOutside} packets left the sealed network`;
    remark(`wrote ${har}: ${sealed}${failed}`, session, options);
    if (run.requests.length === 0) remark(`nothing was sent; its last words: ${lastWords(run)}`, session, options);
    return { har, environment: new Map(Object.entries({ ...plan.own?.environment, ...plan.environment })), run };
  } catch (error) {
    progress.clear();
    if (!(error instanceof Interrupted)) throw error;
    remark(`interrupted: what came until then is in ${har}`, session, options);
    error.end();
    return "interrupted";
  }
}

const lastWords = ({ output: { stdout, stderr } }: LiveRun): string =>
  `${stdout}\n${stderr}`
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-3)
    .map((line) => visible(line.trim()))
    .join(" / ") || "none";

/** Damage is said wherever the reader doesn't see the result itself; a gate can't pass on half a capture. */
function concluded(result: Check, options: CheckOptions, session: Session): ExitCode {
  const { summary, captures, diagnostics } = result;
  const damaged = captures.filter(({ complete }) => !complete);
  const isUnseen = options.format !== "text" || options.output !== undefined;
  if (isUnseen) for (const line of doubts(result)) remark(visible(line), session, options);
  for (const { kind, count, detail } of diagnostics) {
    if (kind === "capture-damaged" || isUnseen) remark(`${kind} ${count}: ${detail}`, session, options);
  }
  if (options.output !== undefined) {
    remark(
      `wrote ${options.output}: ${summary.distinct} distinct requests, ${summary.unpredicted.distinct} unpredicted`,
      session,
      options,
    );
  }
  return options.failOn === "unpredicted" && (summary.verdicts.unpredicted > 0 || damaged.length > 0) ? 1 : 0;
}
