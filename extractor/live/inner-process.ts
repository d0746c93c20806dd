import { type ChildProcess, spawn } from "node:child_process";
import { constants, openSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { ExtractorError } from "../errors.ts";
import type { LiveRun } from "../model/live-run.ts";
import type { InnerMessage, RunPlan } from "./plan/run-plan.ts";
import { HarFile } from "./recording/har-file.ts";

export interface RunOptions {
  plan: RunPlan;
  /** File to write, replaced if it exists. */
  harFile: string;
  /** Runs this program's own inner part: program and arguments. */
  inner: string[];
  onRequest: (count: number, url: string) => void;
  /** Told the leader of the program's process group, where no namespace holds it. */
  onProgram?: (pid: number) => void;
  /** Aborted: the program is ended, what was seen is told. */
  signal: AbortSignal;
}

/** A person's own program reads what they type; what it says goes beside the data, to stderr. */
const PERSONS_OWN = [0, 2];
/** What is left after being asked to end. */
const GRACE_MS = 8000;

/** How a try ended: with a run, with words of the inner part, or with the complaint of what should have started it. */
export type Attempt = { run: LiveRun } | { said: ExtractorError | null; complaint: string };

/**
 * Starts the inner part and stays with it to its end.
 * @param command what starts it: program and arguments
 * @param descriptors of the open HAR file, and what else it is handed
 * @throws ExtractorError `interrupted` where it was ended from outside; what spawn throws, where the program can't be
 * started
 */
export async function runInner(command: string[], options: RunOptions, descriptors: number[]): Promise<Attempt> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    stdio: ["pipe", "ignore", "pipe", "pipe", ...descriptors, ...(options.plan.own === null ? [] : PERSONS_OWN)],
    // the person's own may be closed to whom the inner part becomes
    cwd: "/",
    // Ctrl-C is ours to handle
    detached: true,
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const control = child.stdin as Writable;
  control.on("error", () => undefined);
  control.write(`${JSON.stringify(options.plan)}\n`);
  const stop = () => {
    control.write("stop\n");
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  };
  if (options.signal.aborted) stop();
  options.signal.addEventListener("abort", stop, { once: true });
  try {
    let complaint = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-2000);
    });
    const missing = new Promise<never>((_, reject) => {
      child.once("error", reject);
    });
    const { started, last } = await Promise.race([listen(child, options), missing]);
    await ended;
    if (last?.type === "done") return { run: last.run };
    if (started && last === null) throw endedEarly(complaint);
    const said =
      last === null
        ? null
        : new ExtractorError(last.code ?? "usage", last.message, last.hint === undefined ? {} : { hint: last.hint });
    return { said, complaint: complaint.trim().split("\n")[0] ?? "" };
  } finally {
    options.signal.removeEventListener("abort", stop);
    control.end();
    child.kill("SIGKILL");
  }
}

interface Heard {
  /** False where there was nobody to say anything: the namespaces could not be made. */
  started: boolean;
  /** What ended it, or null where it ended without a word. */
  last: Extract<InnerMessage, { type: "done" | "failed" }> | null;
}

async function listen(child: ChildProcess, { onRequest, onProgram }: RunOptions): Promise<Heard> {
  let started = false;
  for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
    const message = JSON.parse(line) as InnerMessage;
    started = true;
    if (message.type === "progress") onRequest(message.requests, message.detail);
    else if (message.type === "program") onProgram?.(message.pid);
    else if (message.type !== "started") return { started, last: message };
  }
  return { started, last: null };
}

/** Killed from outside it has no words of its own; else it is a defect. */
function endedEarly(complaint: string): Error {
  const own = complaint.split("\n").filter((line) => line !== "");
  if (own.length > 0) return new Error(`the sealed part ended early: ${own.join("\n")}`);
  return new ExtractorError("interrupted", "the part that answers was ended from outside", {
    hint: "the HAR file holds what came until then; where memory is short the kernel ends processes",
  });
}

/**
 * A HAR file without entries, in the place of what was there.
 * @throws ExtractorError `usage`
 */
export function openHar(path: string): number {
  try {
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
    HarFile.begin(descriptor);
    return descriptor;
  } catch (cause) {
    throw new ExtractorError("usage", `cannot write ${path}: ${(cause as NodeJS.ErrnoException).code}`, {
      hint: "choose a folder that can be written to",
      cause,
    });
  }
}
