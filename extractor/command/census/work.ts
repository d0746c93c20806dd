import { availableParallelism } from "node:os";
import type { Command } from "commander";
import type { EndedJob } from "../../census/work/pool.ts";
import { usualMemory } from "../../census/work/usual-memory.ts";
import type { Tally } from "../../model/census.ts";
import { DEFAULT_SECONDS } from "../../model/time-limit.ts";
import {
  type CensusOptions,
  declareFolderOption,
  declareQueueOption,
  type QueueOptions,
} from "../options/census-options.ts";
import {
  byteSize,
  declareSupplyOptions,
  declareTimeOption,
  positiveInteger,
  type SupplyOptions,
  supplyOf,
} from "../options/package-options.ts";
import { remark } from "../terminal/output.ts";
import type { ExitCode, Session } from "../terminal/session.ts";

interface WorkOptions extends CensusOptions, QueueOptions, SupplyOptions {
  jobs?: number;
  memory?: number;
  jobMemory?: number;
  maxTime?: number;
  again?: boolean;
}

const JOB_BYTES = 8e9;
/** Between two lines on how far it is. */
const EVERY_MS = 3000;

const HELP = `
Each job is a process of its own, with a limit on its time and its memory; as many run at a time as processors
and memory allow, by what each package took before. End it whenever you like: what is done is kept, what was
under way is done again. Several processes may work on one folder, or on one queue from several machines; each
stays until all is done.

What fails because of the network, or because its process died, is tried again after 30 s, 1, 2 and 4 min, and
then left with its reason; everything else that fails would fail again. extract census status lists both.

Examples
  extract census work
  extract census work --jobs 2 --memory 6GB --no-cache     keeps no tarballs
  extract census work --again                              failed and partial ones once more, this time
  extract census work --queue postgres://census@db.example.com/census -d /srv/census

Exit codes
  0  done
  1  done, and some failed
  2  wrong usage or input: one line says what, a second what to do
`;

/** `extract census work`: analyses what is planned. */
export function censusWork(command: Command, session: Session): Command {
  command.description("analyse what is planned, until all is done");
  command.option("--jobs <number>", "processes at a time (as many as there are processors)", positiveInteger);
  command.option("--memory <size>", "what all of them may take, such as 6GB (four fifths of what there is)", byteSize);
  command.option("--job-memory <size>", "what one of them may take (8GB)", byteSize);
  command.option("--again", "failed and partial ones once more");
  declareFolderOption(command);
  declareQueueOption(command);
  declareTimeOption(declareSupplyOptions(command));
  command.option("-q, --quiet", "neither progress nor remarks on stderr");
  return command.addHelpText("after", HELP).action(async (options: WorkOptions) => {
    session.exitCode = await run(options, session);
  });
}

async function run(options: WorkOptions, session: Session): Promise<ExitCode> {
  const [{ openQueue }, { thisMaker }, { Pool }, { ObjectFolder }, { doneOf, leftOf, paceLine }] = await Promise.all([
    import("../../census/open-queue.ts"),
    import("../../census/maker.ts"),
    import("../../census/work/pool.ts"),
    import("../../census/store/objects.ts"),
    import("../../census/job/pace.ts"),
  ]);
  const seconds = options.maxTime ?? DEFAULT_SECONDS;
  const queue = await openQueue(options.dir, options.queue ?? null, { maker: await thisMaker(), seconds });
  const memory = options.memory ?? usualMemory();
  const began = performance.now();
  let before: number | null = null;
  let told = { at: Number.NEGATIVE_INFINITY, done: -1 };
  const tell = (tally: Tally, ended: EndedJob | null) => {
    before ??= doneOf(tally);
    if (ended !== null && ended.outcome !== "report") remark(endedLine(ended), session, options);
    const now = performance.now();
    const done = doneOf(tally);
    if (done === told.done || (now - told.at < EVERY_MS && leftOf(tally) > 0)) return;
    told = { at: now, done };
    remark(paceLine(tally, before, (now - began) / 1000), session, options);
  };
  try {
    if (options.again === true) remark(`${await queue.reopen()} to be done once more`, session, options);
    const pool = new Pool(queue, new ObjectFolder(options.dir), {
      folder: options.dir,
      supply: supplyOf(options),
      limits: { seconds, bytes: Math.min(memory, options.jobMemory ?? JOB_BYTES) },
      processes: options.jobs ?? availableParallelism(),
      memory,
      onProgress: tell,
    });
    const tally = await pool.run();
    if (options.queue !== undefined)
      remark(`extract census rebuild -d ${options.dir} makes the index`, session, options);
    return tally.failed > 0 ? 1 : 0;
  } finally {
    await queue.close();
  }
}

/** `some-tool@1.2.3: report`, `some-tool@1.2.4: failed, network: …` */
const endedLine = ({ name, outcome, failure }: EndedJob): string =>
  `${name}: ${outcome === "again" ? "failed, to be tried again" : outcome}${
    failure === null ? "" : `, ${failure.code}: ${failure.message}`
  }`;
