// The file that a process of the pool begins with: one job, then it ends.
import { ExtractorError, firstLineOf } from "../../errors.ts";
import { extract } from "../../pipeline.ts";
import { tuneV8 } from "../../runtime/v8-flags.ts";
import { releaseName } from "../job/job.ts";
import { type JobFailure, resultOf } from "../job/outcome.ts";
import type { JobCost } from "../queue/job-queue.ts";
import { ObjectFolder } from "../store/objects.ts";
import type { Assignment, JobAnswer, JobLimits } from "./job-message.ts";

const LOOK_MS = 100;
const began = performance.now();

tuneV8();
// whoever asked is gone, and nobody else wants the answer
process.on("disconnect", () => process.exit());
process.once("message", (assignment: Assignment) => void work(assignment));

async function work(assignment: Assignment): Promise<void> {
  const { limits } = assignment;
  // the analysis computes in a thread, so that this one can look
  const look = setInterval(() => {
    if (process.memoryUsage.rss() > limits.bytes) answer(tooLarge(limits));
  }, LOOK_MS);
  const done = await outcomeOf(assignment);
  clearInterval(look);
  answer(process.memoryUsage.rss() > limits.bytes ? tooLarge(limits) : { cost: cost(), ...done });
}

async function outcomeOf({ job, folder, supply, limits }: Assignment) {
  try {
    // the day is known from the list of versions, which is long: nobody is to ask for it again for each of them
    const report = await extract(`npm:${releaseName(job)}`, {
      ...job.options,
      reveal: false,
      limits: {},
      maxSeconds: limits.seconds,
      keep: false,
      cache: { ...supply, dated: false },
    });
    const { published, integrity } = job;
    if (integrity !== null && report.package.integrity !== integrity) {
      return { failure: { code: "integrity", message: "the registry gives another tarball than planned" } } as const;
    }
    const dated = { ...report.package, ...(published === null ? {} : { published }) };
    const result = resultOf(job, { ...report, package: dated });
    return { object: await new ObjectFolder(folder).put(result), outcome: result.outcome };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

const tooLarge = ({ bytes }: JobLimits): JobAnswer => ({
  cost: cost(),
  failure: { code: "memory", message: `it takes more than ${Math.round(bytes / 1e6)} MB of memory` },
});

const failureOf = (error: unknown): JobFailure =>
  error instanceof ExtractorError
    ? { code: error.code, message: error.message }
    : { code: "defect", message: firstLineOf(error) };

function cost(): JobCost {
  const { user, system } = process.cpuUsage();
  return {
    cpuSeconds: (user + system) / 1e6,
    seconds: (performance.now() - began) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** The first one counts. */
function answer(answer: JobAnswer): void {
  process.send!(answer, () => process.exit());
}
