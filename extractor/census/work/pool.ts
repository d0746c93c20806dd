import { setTimeout as delay } from "node:timers/promises";
import type { Tally } from "../../model/census.ts";
import { fitsBeside, likelyMemory } from "../job/capacity.ts";
import { releaseName } from "../job/job.ts";
import { failedResult, isTriedAgain, type JobFailure, type Outcome } from "../job/outcome.ts";
import { leftOf } from "../job/pace.ts";
import type { ClaimedJob, JobQueue } from "../queue/job-queue.ts";
import type { ObjectFolder } from "../store/objects.ts";
import type { JobAnswer, JobLimits, Supply } from "./job-message.ts";
import { type RunningJob, runJob } from "./run-job.ts";

/** While others work, or while a failed one waits. */
const LOOK_AGAIN_MS = 500;

export interface PoolOptions {
  folder: string;
  supply: Supply;
  limits: JobLimits;
  /** Processes at a time. */
  processes: number;
  /** Bytes that all of them may take together. */
  memory: number;
  /** Told of each job that ends, before the first one and after the last. */
  onProgress: (tally: Tally, ended: EndedJob | null) => void;
}

export interface EndedJob {
  name: string;
  /** `again`: it failed and waits for another try. */
  outcome: Outcome | "again";
  failure: JobFailure | null;
}

interface Slot {
  memory: number;
  running: RunningJob;
  ended: Promise<void>;
}

/**
 * Does jobs until none is left: as many at a time as processors and memory allow. Where others work on the same
 * census, stays until they are done, and takes over what they leave.
 */
export class Pool {
  readonly #queue: JobQueue;
  readonly #objects: ObjectFolder;
  readonly #options: PoolOptions;
  readonly #slots = new Set<Slot>();
  /** Claimed, and waiting for memory. */
  #next: { claimed: ClaimedJob; memory: number } | null = null;

  constructor(queue: JobQueue, objects: ObjectFolder, options: PoolOptions) {
    this.#queue = queue;
    this.#objects = objects;
    this.#options = options;
  }

  async run(): Promise<Tally> {
    await this.#objects.sweep();
    await this.#tell(null);
    try {
      for (;;) {
        await this.#fill();
        if (this.#slots.size > 0) await Promise.race([...this.#slots].map(({ ended }) => ended));
        else if (leftOf(await this.#queue.tally()) > 0) await delay(LOOK_AGAIN_MS);
        else break;
      }
    } finally {
      for (const { running } of this.#slots) running.end();
    }
    // the last ones may have been another process's
    await this.#tell(null);
    return this.#queue.tally();
  }

  async #fill(): Promise<void> {
    while (this.#slots.size < this.#options.processes) {
      this.#next ??= await this.#claim();
      if (this.#next === null) return;
      const { claimed, memory } = this.#next;
      const taken = [...this.#slots].map((slot) => slot.memory);
      if (!fitsBeside(taken, memory, this.#options.memory)) return;
      this.#next = null;
      this.#begin(claimed, memory);
    }
  }

  async #claim(): Promise<{ claimed: ClaimedJob; memory: number } | null> {
    const claimed = await this.#queue.claim();
    if (claimed === null) return null;
    const { bytes, package: name } = claimed.job;
    const memory = likelyMemory(bytes, await this.#queue.peakOf(name), this.#options.limits.bytes);
    return { claimed, memory };
  }

  #begin(claimed: ClaimedJob, memory: number): void {
    const { folder, supply, limits } = this.#options;
    const running = runJob({ job: claimed.job, folder, supply, limits });
    const ended = running.answer.then((answer) => this.#end(claimed, answer));
    const slot = { memory, running, ended };
    this.#slots.add(slot);
    slot.ended = ended.finally(() => this.#slots.delete(slot));
  }

  async #end(claimed: ClaimedJob, answer: JobAnswer): Promise<void> {
    const { job, attempts } = claimed;
    const { cost } = answer;
    const failure = "failure" in answer ? answer.failure : null;
    if (failure !== null && isTriedAgain(failure, attempts)) {
      await this.#queue.putOff(claimed, failure);
      return this.#tell({ name: releaseName(job), outcome: "again", failure });
    }
    const stored =
      "object" in answer
        ? { object: answer.object, outcome: answer.outcome }
        : { object: await this.#objects.put(failedResult(job, answer.failure)), outcome: "failed" as const };
    await this.#queue.finish(claimed, { ...stored, cost });
    return this.#tell({ name: releaseName(job), outcome: stored.outcome, failure });
  }

  async #tell(ended: EndedJob | null): Promise<void> {
    this.#options.onProgress(await this.#queue.tally(), ended);
  }
}
