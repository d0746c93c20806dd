import { type ChildProcess, fork } from "node:child_process";
import type { Assignment, JobAnswer } from "./job-message.ts";

/** After the time that a job may take: for what can't be interrupted, and for the report. */
const GRACE = { share: 0.5, seconds: 60 };

/** A job in a process of its own. */
export interface RunningJob {
  answer: Promise<JobAnswer>;
  /** At once, without an answer. */
  end(): void;
}

export function runJob(assignment: Assignment): RunningJob {
  const child = fork(new URL("./job-process.js", import.meta.url), { execArgv: [], stdio: "ignore" });
  child.send(assignment, () => undefined);
  return { answer: answerOf(child, assignment), end: () => child.kill("SIGKILL") };
}

function answerOf(child: ChildProcess, { limits }: Assignment): Promise<JobAnswer> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  let isLate = false;
  const late = setTimeout(
    () => {
      isLate = true;
      child.kill("SIGKILL");
    },
    (limits.seconds * (1 + GRACE.share) + GRACE.seconds) * 1000,
  );
  return new Promise<JobAnswer>((resolve) => {
    child.once("message", (answer) => resolve(answer as JobAnswer));
    child.once("error", () => undefined);
    child.once("close", (code, signal) =>
      resolve({
        cost: { cpuSeconds: 0, seconds: seconds(), peakBytes: 0 },
        failure: isLate
          ? { code: "time", message: `no answer after ${Math.round(seconds())} s` }
          : { code: "crashed", message: `its process ended with ${signal ?? `code ${code}`}` },
      }),
    );
  }).finally(() => clearTimeout(late));
}
