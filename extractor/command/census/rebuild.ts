import type { Command } from "commander";
import { type CensusOptions, declareFolderOption } from "../options/census-options.ts";
import { remark } from "../terminal/output.ts";
import type { ExitCode, Session } from "../terminal/session.ts";

const HELP = `
For when the index is lost, and for objects that came from elsewhere: those of workers on a queue, or copied
from another machine. What reading them took is then not known.

Exit codes
  0  done
  1  done, and some objects are damaged
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract census rebuild`: the index from the objects. */
export function censusRebuild(command: Command, session: Session): Command {
  command.description("make the index from the objects");
  declareFolderOption(command);
  command.option("-q, --quiet", "no remarks on stderr");
  return command.addHelpText("after", HELP).action(async (options: CensusOptions) => {
    session.exitCode = await run(options, session);
  });
}

async function run(options: CensusOptions, session: Session): Promise<ExitCode> {
  const [{ openDatabase }, { ObjectFolder }, { rebuildIndex }, { thisMaker }] = await Promise.all([
    import("../../census/store/database.ts"),
    import("../../census/store/objects.ts"),
    import("../../census/store/rebuild.ts"),
    import("../../census/maker.ts"),
  ]);
  const database = await openDatabase(options.dir);
  try {
    const built = await rebuildIndex(database, new ObjectFolder(options.dir), await thisMaker());
    for (const line of built.damaged) remark(line, session, options);
    remark(`${built.releases} releases from ${built.objects} objects`, session, options);
    return built.damaged.length > 0 ? 1 : 0;
  } finally {
    database.close();
  }
}
