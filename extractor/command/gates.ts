import { type Command, Option } from "commander";
import { type GateFormat, type GateFormatName, gateFormats } from "../render/gates/formats.ts";
import { gateMatrix } from "../render/gates/matrix.ts";
import { formatAsked } from "./options/implied-format.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions } from "./options/package-options.ts";
import { reportOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface GatesOptions extends PackageOptions, OutputOptions {
  format: GateFormatName;
}

const names = Object.keys(gateFormats) as GateFormatName[];

const HELP = `
SPEC is a package as for extract SPEC, or REPORT.json: what extract SPEC --format json wrote.
A switch silences an endpoint if every code path to it passes the switch, and partly if other code paths bypass it.

Formats
${names.map((name) => `  ${name.padEnd(22)} ${gateFormats[name].about}`).join("\n")}

Examples
  extract gates ${exampleTool}
  extract gates report.json --format json | jq -r '.switches[].name'

Exit codes
  0  done
  1  done, and no switch was found
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract gates SPEC`: which switch silences, enables or redirects which endpoint and event. */
export function gates(command: Command, session: Session): Command {
  command.description("which switch silences which endpoint and event");
  command.argument("<spec>", "package, or report in JSON");
  command.addOption(new Option("-f, --format <name>", "how to write the matrix").choices(names).default("text"));
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (spec: string, options: GatesOptions) => {
    session.exitCode = await run(spec, { ...options, format: formatAsked(command, options, names) }, session);
  });
}

async function run(spec: string, options: GatesOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const matrix = gateMatrix(await reportOf(spec, options, session));
  const format: GateFormat = gateFormats[options.format];
  await write(format.render(matrix), session, options);
  return matrix.switches.length > 0 ? 0 : 1;
}
