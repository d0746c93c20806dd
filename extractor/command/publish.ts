import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { ExtractorError } from "../errors.ts";
import type { Report } from "../model/report.ts";
import { toJson } from "../render/json.ts";
import { entryOf, folderOf, renderCatalogue, withReport } from "../render/published/catalogue.ts";
import { exampleTool } from "./options/known-tools.ts";
import { declarePackageOptions, type PackageOptions } from "./options/package-options.ts";
import { readCatalogue } from "./published.ts";
import { reportOf } from "./report-of.ts";
import { remark } from "./terminal/output.ts";
import { replaceFile } from "./terminal/replace-file.ts";
import type { ExitCode, Session } from "./terminal/session.ts";

interface PublishOptions extends PackageOptions {
  dir: string;
  check?: boolean;
  quiet?: boolean;
}

const HELP = `
Writes DIR/TOOL/VERSION.json for each SPEC, and DIR/index.json and DIR/README.md for all that are there.
Without SPEC every report that index.json lists is made again. The same packages give the same bytes.

Examples
  extract publish ${exampleTool}@1.2.3 ${exampleTool}@latest
  extract publish --check

Exit codes
  0  done
  1  with --check: a file differs from what would be written
  2  wrong usage or input: one line says what, a second what to do
  3  done, with a report that was cut short: --max-time was over, or memory or stack spent
`;

/** `extract publish SPEC…`: reports that can be cited. */
export function publish(command: Command, session: Session): Command {
  command.description("write reports into a folder with an index");
  command.argument("[spec...]", "packages; those already published where none is given");
  command.option("-d, --dir <folder>", "folder of published reports", "reports");
  command.option("--check", "write nothing; exit 1 where a file would change");
  command.option("-q, --quiet", "neither progress nor remarks on stderr");
  declarePackageOptions(command);
  return command.addHelpText("after", HELP).action(async (specs: string[], options: PublishOptions) => {
    session.exitCode = await run(specs, options, session);
  });
}

async function run(specs: string[], options: PublishOptions, session: Session): Promise<ExitCode> {
  if (options.reveal) {
    throw new ExtractorError("usage", "--reveal would publish the values of keys", { hint: "leave it out" });
  }
  const { compareVersions } = await import("../releases.ts");
  let catalogue = await readCatalogue(options.dir);
  const listed = catalogue.tools.flatMap(({ package: name, versions }) =>
    versions.map(({ version }) => `npm:${name}@${version}`),
  );
  if (specs.length === 0 && listed.length === 0) {
    throw new ExtractorError("usage", `nothing is published in ${options.dir} yet`, {
      hint: `name packages, such as ${exampleTool}@latest`,
    });
  }
  const changed: string[] = [];
  const put = async (file: string, text: string) => {
    const path = join(options.dir, file);
    if ((await readFile(path, "utf8").catch(() => null)) === text) return;
    changed.push(file);
    if (options.check) remark(`${path} differs`, session, options);
    else await replaceFile(path, text);
  };
  // The list is written after each report, so that an interrupted run leaves nothing that isn't listed.
  for (const spec of specs.length > 0 ? specs : listed) {
    const report = citable(await reportOf(spec, options, session));
    const made = entryOf(report);
    if (made === null)
      throw new ExtractorError("bad-input", `${spec}: name or version can't be a file name`, {
        hint: "publish packages of a registry",
      });
    catalogue = withReport(catalogue, report, compareVersions);
    await put(made.entry.file, toJson(report));
    await put("index.json", toJson(catalogue));
    await put("README.md", renderCatalogue(catalogue));
    remark(`${made.entry.file}: ${made.entry.endpoints} endpoints, ${made.entry.events} events`, session, options);
  }
  return options.check && changed.length > 0 ? 1 : 0;
}

/** However it was asked for (`tool@latest`, `npm:name@1.2.3`), a release has one report. */
function citable(report: Report): Report {
  const { version } = report.package;
  return { ...report, package: { ...report.package, spec: `${folderOf(report)}@${version}` } };
}
