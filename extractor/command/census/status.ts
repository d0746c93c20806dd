import { type Command, Option } from "commander";
import { type StandingFormatName, standingFormats } from "../../render/history/census-standing.ts";
import {
  type CensusOptions,
  declareFolderOption,
  declareQueueOption,
  type QueueOptions,
} from "../options/census-options.ts";
import { formatAsked } from "../options/implied-format.ts";
import { checkWritable, declareOutputOptions, type OutputOptions, write } from "../terminal/output.ts";
import type { ExitCode, Session } from "../terminal/session.ts";

interface StatusOptions extends CensusOptions, QueueOptions, OutputOptions {
  format: StandingFormatName;
}

const names = Object.keys(standingFormats) as StandingFormatName[];

/** `extract census status`: how far it is, and what failed why. */
export function censusStatus(command: Command, session: Session): Command {
  command.description("how far it is, what it took, what failed and why");
  command.addOption(new Option("-f, --format <name>", "how to write it").choices(names).default("text"));
  declareQueueOption(declareFolderOption(command));
  return declareOutputOptions(command).action(async (options: StatusOptions) => {
    session.exitCode = await run({ ...options, format: formatAsked(command, options, names) }, session);
  });
}

async function run(options: StatusOptions, session: Session): Promise<ExitCode> {
  await checkWritable(options);
  const [{ openQueue }, { thisMaker }, { censusStanding }, { readDatabase }] = await Promise.all([
    import("../../census/open-queue.ts"),
    import("../../census/maker.ts"),
    import("../../census/standing.ts"),
    import("../../census/store/database.ts"),
  ]);
  if (options.queue === undefined) (await readDatabase(options.dir)).close();
  const maker = await thisMaker();
  const queue = await openQueue(options.dir, options.queue ?? null, { maker, seconds: null });
  try {
    const standing = await censusStanding(options.dir, maker, await queue.tally());
    await write(standingFormats[options.format].render(standing), session, options);
  } finally {
    await queue.close();
  }
  return 0;
}
