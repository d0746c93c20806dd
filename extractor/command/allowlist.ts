import { type Command, Option } from "commander";
import type { Sandbox } from "../model/signatures/sandbox.ts";
import { renderAllowList } from "../render/allow/forms.ts";
import { planAllowList } from "../render/allow/plan.ts";
import { warnings } from "../render/allow/words.ts";
import { count } from "../render/count.ts";
import { knownSandboxes } from "./options/known-sandboxes.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions } from "./options/package-options.ts";
import { reportsOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface AllowListOptions extends PackageOptions, OutputOptions {
  format: string;
  withTelemetry?: boolean;
  requiredOnly?: boolean;
  withPaths?: boolean;
}

const HELP = `
SPEC is a package as for extract SPEC, or REPORT.json: what extract SPEC --format json wrote. Several make one list.

Each host is required (something breaks without it, whatever is set) or optional, with its reason. Hosts that only get telemetry
are left out. A * stands only where the program's code makes that part of a name. Warnings say which allowed host also gets
telemetry and what stops it, and which the server can move.

Formats (signatures/sandboxes/ says for each who reads it and where that is documented)
  ${knownSandboxes.join(", ")}

Examples
  extract allowlist ${exampleTool} --format squid --with-paths -o squid-allow.conf
  extract allowlist report.json --required-only --format json | jq -r '.allow[].host'

Exit codes
  0  done
  1  done, and there is nothing to allow
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract allowlist SPEC…`: the hosts a tool needs, in the form its sandbox reads. */
export function allowlist(command: Command, session: Session): Command {
  command.description("write the hosts a tool needs, for a sandbox that denies the rest");
  command.argument("<spec...>", "packages, or reports in JSON");
  command.addOption(
    new Option("-f, --format <name>", "who reads the list").choices([...knownSandboxes]).default("json"),
  );
  command.option("--with-telemetry", "hosts that only get reports on the user, too");
  command.option("--required-only", "nothing that the tool merely misses");
  command.option("--with-paths", "rules for paths of hosts that also get telemetry where the form knows paths");
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (specs: string[], options: AllowListOptions) => {
    session.exitCode = await run(specs, options, session);
  });
}

async function run(specs: string[], options: AllowListOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const sandbox = await sandboxOf(options.format);
  const reports = await reportsOf(specs, options, session);
  const { withTelemetry = false, requiredOnly = false, withPaths = false } = options;
  const plan = planAllowList(reports, { withTelemetry, requiredOnly, withPaths });
  await write(renderAllowList(plan, sandbox), session, options);
  if (options.output !== undefined)
    remark(`wrote ${options.output}: ${count(plan.hosts.length, "host")} allowed`, session, options);
  for (const warning of warnings(plan, sandbox)) remark(`warning: ${warning}`, session, options);
  return plan.hosts.length > 0 ? 0 : 1;
}

async function sandboxOf(format: string): Promise<Sandbox> {
  const { loadSignatures } = await import("../signatures/load.ts");
  return (await loadSignatures()).sandboxes.find(({ id }) => id === format)!;
}
