import { type Command, InvalidArgumentError, Option } from "commander";
import { narrowed, PARTS, type Part } from "../compare/check/narrowed.ts";
import { ExtractorError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { type FormatName, formats } from "../render/formats.ts";
import type { Format, Rendering } from "../render/rendering.ts";
import { channelsOf } from "./options/channels.ts";
import { environment, optionGiven } from "./options/environment-option.ts";
import { formatAsked } from "./options/implied-format.ts";
import { exampleTool, knownTools } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions } from "./options/package-options.ts";
import { type SettingOptions, withSettings } from "./options/settings-asked.ts";
import { reportOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, screenOf, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";
import { StageTimes } from "./terminal/stage-times.ts";

interface PredictOptions extends PackageOptions, OutputOptions, SettingOptions {
  format: FormatName;
  only?: (Part | "summary")[];
  host?: string[];
  channel?: string[];
  all?: boolean;
  check?: string;
  timing?: boolean;
}

const names = Object.keys(formats) as FormatName[];

const HELP = `
SPEC is one of
  ALIAS[@VERSION]        a known tool: ${knownTools.join(", ")}
  [npm:]NAME[@VERSION]   any npm package, with a version, range or tag; npm: where a verb has the same name
  PATH                   a tarball, a folder, or a single file (bundle or binary) on this disk
  REPORT.json            what --format json wrote, to see it in another format

Formats
${names.map((name) => `  ${name.padEnd(22)} ${formats[name].about}`).join("\n")}

Examples
  extract ${exampleTool}
  extract ${exampleTool} --only summary
  extract ${exampleTool}@latest -o report.json
  extract report.json --channel telemetry --only endpoints -f csv
  extract ${exampleTool} --before 2026-01-01
  extract ./node_modules/some-tool --all
  extract ${exampleTool} --env DO_NOT_TRACK=1
  extract npm:@scope/tool@1.2.3 --format json | jq -r '.endpoints[].url'

Exit codes
  0  done
  1  done, and nothing was found
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent

Environment
  NO_COLOR, FORCE_COLOR  colour off, or on
  XDG_CACHE_HOME         folder that holds the cache folder
  HTTPS_PROXY and npm's own settings (.npmrc, npm_config_*) decide registry, proxy and access
  DEBUG=endpoint-extractor prints the stack of an unexpected defect
`;

/** `extract SPEC`: everything the package can send, and where. */
export function predict(command: Command, session: Session): Command {
  command.argument("[spec]", "what to read (see below)");
  command.addOption(new Option("-f, --format <name>", "how to write the report").choices(names).default("text"));
  command.option("--env <NAME=VALUE>", "only what is left where this variable is set so (repeatable)", environment);
  command.option("--setting <KEY=VALUE>", "the same for a setting, its value in JSON (repeatable)", environment);
  command.option("--option <NAME>", "the same for an option of its command line: --option no-telemetry", optionGiven);
  command.option("--flag <NAME=VALUE>", "the same for a remote flag, its value in JSON (repeatable)", environment);
  command.addOption(
    new Option("--only <part>", "nothing but this of the report (repeatable)")
      .choices(["summary", ...PARTS])
      .argParser((text: string, before: string[] | undefined) => [...(before ?? []), oneOf(text)]),
  );
  command.option("--host <name>", "only what goes to this host or one below it (repeatable)", list);
  command.option("--channel <id>", "only what belongs to this channel, or telemetry for all of it (repeatable)", list);
  command.option("--all", "every name and URL instead of the first few of each list");
  command.option("--check <check.json>", "with --format html: mark what extract check saw fire");
  command.option("--timing", "on stderr at the end: what each stage cost, and the peak of memory");
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (spec: string | undefined, options: PredictOptions) => {
    const format = formatAsked(command, options, names);
    session.exitCode = await run(spec, { ...options, format }, session);
  });
}

const list = (text: string, before: string[] | undefined): string[] => [...(before ?? []), ...text.split(",")];

function oneOf(text: string): Part | "summary" {
  const known = ["summary", ...PARTS] as const;
  const found = known.find((part) => part === text);
  if (found === undefined) throw new InvalidArgumentError(`Allowed choices are ${known.join(", ")}.`);
  return found;
}

async function run(spec: string | undefined, options: PredictOptions, session: Session): Promise<ExitCode> {
  if (spec === undefined || spec === "") {
    const hint = `name a package, such as extract ${exampleTool}, or see extract --help`;
    throw new ExtractorError("usage", "no package given", { hint });
  }
  await checkWritable(options);
  const times = new StageTimes();
  const check = options.check === undefined ? null : await (await import("./stored.ts")).readStoredCheck(options.check);
  const channels = options.channel === undefined ? null : await channelsOf(options.channel);
  const read = await reportOf(spec, options, session, ({ stage }) => times.enter(stage));
  times.enter("render");
  const { report: left, remarks } = withSettings(read, options);
  for (const line of remarks) remark(line, session, options);
  const parts = options.only?.filter((part) => part !== "summary") ?? null;
  const hosts = options.host?.map((host) => host.toLowerCase()) ?? null;
  const report = narrowed(left, { channels, hosts, parts: options.only?.includes("summary") ? null : parts });
  const format: Format = formats[options.format];
  const rendering = { ...screenOf(session, options), all: options.all === true, check, ...screens(options) };
  await write(await format.render(report, rendering), session, options);
  const code = concluded(report, options, session);
  if (options.timing === true) session.stderr.write(times.table());
  return code;
}

/** A screen that answers is for those who asked for everything, or for it. */
const screens = ({ only }: PredictOptions): Pick<Rendering, "screen"> =>
  only === undefined ? {} : { screen: only.includes("summary") ? "only" : "none" };

/** An empty report is said in words; gaps are said wherever the reader doesn't see the report itself. */
function concluded(report: Report, options: PredictOptions, session: Session): ExitCode {
  const { endpoints, events, credentials, diagnostics } = report;
  if (options.output !== undefined) {
    remark(`wrote ${options.output}: ${endpoints.length} endpoints, ${events.length} events`, session, options);
  }
  if (diagnostics.length > 0 && (options.format !== "text" || options.output !== undefined)) {
    const kinds = diagnostics.map(({ kind, count }) => `${kind} ${count}`).join(", ");
    remark(`skipped, cut or unresolved, see "diagnostics" in the report: ${kinds}`, session, options);
  }
  if (endpoints.length + events.length + credentials.length > 0) return 0;
  remark("nothing found: no endpoint, no event, no baked-in credential", session, options);
  return 1;
}
