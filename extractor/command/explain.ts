import { type Command, Option } from "commander";
import { ExtractorError } from "../errors.ts";
import { type ExplainFormat, type ExplainFormatName, explainFormats } from "../render/explain/formats.ts";
import { formatAsked } from "./options/implied-format.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions, pipelineOptions } from "./options/package-options.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, screenOf, write } from "./terminal/output.ts";
import { ProgressLine } from "./terminal/progress.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface ExplainOptions extends PackageOptions, OutputOptions {
  format: ExplainFormatName;
  all?: boolean;
}

const names = Object.keys(explainFormats) as ExplainFormatName[];

const HELP = `
SPEC is a package as for extract SPEC. ENDPOINT is an id from its report, or a part of "METHOD URL" that no other endpoint has.
Each line is one value and where it stands: from the call that sends, inwards, to the literals it is made of.

Formats
${names.map((name) => `  ${name.padEnd(22)} ${explainFormats[name].about}`).join("\n")}

Examples
  extract explain ${exampleTool} /api/event_logging
  extract explain ${exampleTool}@latest 1a2b3c4d --format json

Exit codes
  0  done
  1  done, and the endpoint has no derivation: it was found in a native program or a description of a service
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract explain SPEC ENDPOINT`: how a URL came about, from the call that sends back to the literals. */
export function explain(command: Command, session: Session): Command {
  command.description("how the URL of an endpoint came about, step by step");
  command.argument("<spec>", "package");
  command.argument("<endpoint>", "id, or a part of the URL");
  command.addOption(new Option("-f, --format <name>", "how to write the steps").choices(names).default("text"));
  command.option("--all", "every call and chain of callers instead of the first few");
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (spec: string, endpoint: string, options: ExplainOptions) => {
    session.exitCode = await run(spec, endpoint, { ...options, format: formatAsked(command, options, names) }, session);
  });
}

async function run(spec: string, endpoint: string, options: ExplainOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const { isStoredJson, readStoredReport } = await import("./stored.ts");
  if (await isStoredJson(spec)) {
    const { package: from } = await readStoredReport(spec);
    const hint = `give the package the report is about: extract explain ${from.spec} ${endpoint}`;
    throw new ExtractorError("usage", `${spec} is a report: the steps are in the package`, { hint });
  }
  const pipeline = await import("../pipeline.ts");
  const progress = new ProgressLine(session, options);
  const explanation = await pipeline
    .explain(spec, endpoint, { ...pipelineOptions(options), onProgress: progress.update })
    .finally(() => progress.clear());
  const format: ExplainFormat = explainFormats[options.format];
  const rendering = { ...screenOf(session, options), all: options.all === true };
  await write(format.render(explanation, rendering), session, options);
  return explanation.derivations.length > 0 ? 0 : 1;
}
