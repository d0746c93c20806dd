import type { Command } from "commander";
import { type CensusOptions, declareFolderOption } from "../options/census-options.ts";
import { remark } from "../terminal/output.ts";
import type { ExitCode, Session } from "../terminal/session.ts";

interface ExportOptions extends CensusOptions {
  parquet: string;
}

const HELP = `
Writes releases.parquet and a file for each table of facts; column release of these is column id of releases.
DuckDB, Polars and Spark read them: select * from 'DIR/hosts.parquet'.

Exit codes
  0  done
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract census export --parquet DIR`: the index for other programs. */
export function censusExport(command: Command, session: Session): Command {
  command.description("write the index for other programs");
  command.requiredOption("--parquet <folder>", "a file in Parquet for each table");
  declareFolderOption(command);
  command.option("-q, --quiet", "no remarks on stderr");
  return command.addHelpText("after", HELP).action(async (options: ExportOptions) => {
    session.exitCode = await run(options, session);
  });
}

async function run(options: ExportOptions, session: Session): Promise<ExitCode> {
  const { exportParquet } = await import("../../census/store/parquet.ts");
  for (const { file, rows } of await exportParquet(options.dir, options.parquet)) {
    remark(`${file}: ${rows.toLocaleString("en-US")} rows`, session, options);
  }
  return 0;
}
