import { type Command, InvalidArgumentError, Option } from "commander";
import type { Tool } from "../model/signature.ts";
import { type LiveFormat, type LiveFormatName, liveFormats } from "../render/live/formats.ts";
import { environment } from "./environment-option.ts";
import { exampleTool } from "./known-tools.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, write } from "./output.ts";
import { declarePackageOptions, type PackageOptions, pipelineOptions } from "./package-options.ts";
import { ProgressLine } from "./progress.ts";
import type { ExitCode, Session } from "./session.ts";

interface CaptureOptions extends PackageOptions, OutputOptions {
  har: string;
  format: LiveFormatName;
  script?: string;
  timeout?: number;
  env?: Map<string, string>;
  answers?: string[];
  flag?: Map<string, string>;
  inside?: boolean;
}

const names = Object.keys(liveFormats) as LiveFormatName[];

const HELP = `
SPEC is a package as for extract SPEC. Arguments for its program stand after --; without them, --script chooses one of the runs
that are known for the tool (prompt, version, help, login, interactive). Without a package, what stands after -- is a command.

The run is sealed: a network namespace without a way out, where every name resolves to this machine and every port ends in a
server that answers for all. It needs Linux, and root or user namespaces. Made-up credentials, a home folder and a small
repository in memory; the person's own home, temporary files and local services are out of sight. Nothing is left behind.

Examples
  extract capture ${exampleTool} -- -p "What is 2+2?"
  extract capture ${exampleTool} --script interactive --har interactive.har
  extract capture --env DEBUG=1 -- curl https://example.com/

Formats
${names.map((name) => `  ${name.padEnd(22)} ${liveFormats[name].about}`).join("\n")}

Exit codes
  0  done
  1  done, and nothing was seen
  2  wrong usage or input, or no rights: one line says what, a second what to do
`;

/** `extract capture SPEC`: what a program tries to reach, seen by running it where nothing can leave. */
export function capture(command: Command, session: Session): Command {
  command.description("run a program in isolation and record what it tries to reach");
  command.argument("[spec]", "package, folder or program");
  command.argument("[arguments...]", "for the program, after --");
  command.option("--har <file>", "where the requests go", "capture.har");
  command.addOption(new Option("-f, --format <name>", "how to write the summary").choices(names).default("text"));
  command.option("--script <name>", "which of the tool's known runs");
  command.option("--timeout <seconds>", "end the program after this time", seconds);
  command.option("--env <NAME=VALUE>", "a variable to set for the program (repeatable)", environment);
  command.option(
    "--answers <file...>",
    "answers to give before the usual ones, YAML or JSON as in signatures/answers/",
  );
  command.option("--flag <NAME=VALUE>", "a remote flag to serve, its value in JSON (repeatable)", environment);
  command.addOption(new Option("--inside").hideHelp());
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

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("Expected a number of seconds.");
}

async function run(spec: string | null, args: string[], options: CaptureOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const [{ loadSignatures, loadAnswers }, { planRun }, { sealedRun }] = await Promise.all([
    import("../signatures.ts"),
    import("../live/plan-run.ts"),
    import("../live/sealed-run.ts"),
  ]);
  const signatures = await loadSignatures();
  const own = await Promise.all((options.answers ?? []).map(loadAnswers));
  const progress = new ProgressLine(session, options);
  const plan = await planRun(
    {
      spec,
      tool: spec === null ? null : toolOf(spec, signatures.tools),
      arguments: args,
      script: options.script ?? null,
      environment: options.env ?? new Map(),
      flags: new Map([...(options.flag ?? [])].map(([name, value]) => [name, flagValue(value)])),
      timeoutSeconds: options.timeout ?? null,
      answers: [...own, ...signatures.answers],
    },
    signatures.tools,
    {
      ...pipelineOptions(options).cache,
      onProgress: (p) => progress.update({ stage: "install", done: 0, total: null, detail: p.spec }),
    },
  );
  const interruption = new AbortController();
  const stop = () => interruption.abort();
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const run = await sealedRun({
      plan,
      harFile: options.har,
      inner: [process.execPath, ...process.execArgv, process.argv[1]!, "capture", "--inside"],
      onRequest: (done, detail) => progress.update({ stage: "requests", done, total: null, detail }),
      signal: interruption.signal,
    });
    progress.clear();
    const format: LiveFormat = liveFormats[options.format];
    await write(format.render(run), session, options);
    remark(`wrote ${options.har}`, session, options);
    return run.requests.length + run.connections.length + run.datagrams.length > 0 ? 0 : 1;
  } finally {
    progress.clear();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** A tool by one of its names, or by its package's. */
function toolOf(spec: string, tools: readonly Tool[]): Tool | null {
  const named = spec.replace(/^npm:/, "");
  const at = named.indexOf("@", 1);
  const name = at < 0 ? named : named.slice(0, at);
  return tools.find(({ id, aliases, package: npm }) => id === name || aliases.includes(name) || npm === name) ?? null;
}

/** `true` and `3` are what they look like, and so is `some text`. */
function flagValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
