import { type Command, Option } from "commander";
import { type BlockListFormat, type BlockListFormatName, blockListFormats } from "../render/blocklist/formats.ts";
import { type ListChoice, planBlockList } from "../render/blocklist/plan.ts";
import { count } from "../render/count.ts";
import { channelsOf } from "./options/channels.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions } from "./options/package-options.ts";
import { reportsOf } from "./report-of.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, remark, write } from "./terminal/output.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface BlockListOptions extends PackageOptions, OutputOptions {
  format: BlockListFormatName;
  only?: string[];
  keep: ListChoice["keep"];
  withPaths?: boolean;
}

const names = Object.keys(blockListFormats) as BlockListFormatName[];

const HELP = `
SPEC is a package as for extract SPEC, or REPORT.json: what extract SPEC --format json wrote. Several make one list.

Every host of the report is in the file: blocked with its reason and what breaks, or as a comment that says why not.
A host that the tool also needs, or that many other programs need (signatures/shared-hosts.yaml), is never blocked; the paths that a
proxy would have to block are listed, with the variable that stops them. Nor is a name that anybody can register under.

Formats
${names.map((name) => `  ${name.padEnd(22)} ${blockListFormats[name].about}`).join("\n")}

Examples
  extract blocklist ${exampleTool}
  extract blocklist ${exampleTool} --only third-party-logs,updates --format dnsmasq -o tool.conf
  extract blocklist report.json --keep useful --format json | jq -r '.allow[].host'

Exit codes
  0  done
  1  done, and there is nothing to block
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract blocklist SPEC…`: what to load into a firewall, resolver or proxy. */
export function blocklist(command: Command, session: Session): Command {
  command.description("write a list that a firewall, resolver or proxy can load");
  command.argument("<spec...>", "packages, or reports in JSON");
  command.addOption(new Option("-f, --format <name>", "how to write the list").choices(names).default("hosts"));
  command.option(
    "--only <channels>",
    "channels to block, with commas between; telemetry (all that report on the user, if nothing is said) or all (repeatable)",
    (text: string, before: string[] | undefined) => [...(before ?? []), ...text.split(",")],
  );
  command.addOption(
    new Option("--keep <what>", "what must not be blocked: required (the tool breaks), useful (it misses something)")
      .choices(["nothing", "required", "useful"])
      .default("required"),
  );
  command.option("--with-paths", "rules for the paths of shared hosts, for a proxy that decrypts (squid)");
  declareOutputOptions(command);
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (specs: string[], options: BlockListOptions) => {
    session.exitCode = await run(specs, options, session);
  });
}

async function run(specs: string[], options: BlockListOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const only = await channelsOf(options.only ?? ["telemetry"]);
  const reports = await reportsOf(specs, options, session);
  const plan = planBlockList(reports, { only, keep: options.keep, withPaths: options.withPaths === true });
  const format: BlockListFormat = blockListFormats[options.format];
  await write(format.render(plan), session, options);
  const { blocked, shared, unfit, open } = plan;
  if (options.output !== undefined)
    remark(`wrote ${options.output}: ${count(blocked.length, "host")} blocked`, session, options);
  if (shared.length > 0)
    remark(
      `${count(shared.length, "host")} not blocked, since the tool needs them too: see the list`,
      session,
      options,
    );
  for (const { host } of unfit.filter(({ why }) => why === "suffix"))
    remark(`warning: ${host} is not blocked, since anybody can register names below it`, session, options);
  if (open.length > 0)
    remark(`${count(open.length, "endpoint")} whose host is known only at run time: see the list`, session, options);
  return blocked.length > 0 ? 0 : 1;
}
