import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { ExtractorError } from "../errors.ts";
import type { LiveRun } from "../model/live-run.ts";
import type { InnerMessage, RunPlan } from "./run-plan.ts";

export interface RunOptions {
  plan: RunPlan;
  /** File to write, replaced if it exists. */
  harFile: string;
  /** Runs this program's own inner part: program and arguments. */
  inner: string[];
  onRequest: (count: number, url: string) => void;
  /** Aborted: the program is ended, what was seen is told. */
  signal: AbortSignal;
}

/** What is left after being asked to end. */
const GRACE_MS = 8000;

/**
 * Runs a plan in namespaces of its own. They, and everything in them, end with the inner process, and that ends with this one.
 * @throws ExtractorError `rights` where the kernel doesn't let us, `usage` where the program can't be started
 */
export async function sealedRun(options: RunOptions): Promise<LiveRun> {
  const har = openHar(options.harFile);
  try {
    const first = await attempt(options, har, []);
    if ("run" in first) return first.run;
    if (first.said !== null) throw first.said;
    const second = await attempt(options, har, ["--user", "--map-root-user"]);
    if ("run" in second) return second.run;
    throw second.said ?? forbidden(first.complaint, second.complaint);
  } finally {
    closeSync(har);
  }
}

type Attempt = { run: LiveRun } | { said: ExtractorError | null; complaint: string };

async function attempt(options: RunOptions, har: number, more: string[]): Promise<Attempt> {
  const child = spawn("unshare", [...NAMESPACES, ...more, "--", ...options.inner], {
    stdio: ["pipe", "ignore", "pipe", "pipe", har],
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
      child.once("error", (cause) => reject(noUnshare(cause)));
    });
    const { started, last } = await Promise.race([listen(child, options), missing]);
    await ended;
    if (last?.type === "done") return { run: last.run };
    if (started && last === null) throw endedEarly(complaint);
    const said =
      last === null
        ? null
        : new ExtractorError("usage", last.message, last.hint === undefined ? {} : { hint: last.hint });
    return { said, complaint: complaint.trim().split("\n")[0] ?? "" };
  } finally {
    options.signal.removeEventListener("abort", stop);
    control.end();
    child.kill("SIGKILL");
  }
}

const NAMESPACES = [
  "--net",
  "--mount",
  "--uts",
  "--ipc",
  "--pid",
  "--fork",
  "--kill-child=KILL",
  "--mount-proc",
  "--propagation=private",
];

interface Heard {
  /** False where there was nobody to say anything: the namespaces could not be made. */
  started: boolean;
  /** What ended it, or null where it ended without a word. */
  last: Exclude<InnerMessage, { type: "started" | "progress" }> | null;
}

async function listen(child: ChildProcess, { onRequest }: RunOptions): Promise<Heard> {
  let started = false;
  for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
    const message = JSON.parse(line) as InnerMessage;
    started = true;
    if (message.type === "progress") onRequest(message.requests, message.detail);
    else if (message.type !== "started") return { started, last: message };
  }
  return { started, last: null };
}

/** Killed from outside it has no words of its own; else it is a defect. */
function endedEarly(complaint: string): Error {
  const own = complaint.split("\n").filter((line) => line !== "" && !line.startsWith("unshare:"));
  if (own.length > 0) return new Error(`the sealed part ended early: ${own.join("\n")}`);
  return new ExtractorError("interrupted", "the part that answers was ended from outside", {
    hint: "the HAR file holds what came until then; where memory is short the kernel ends processes",
  });
}

function openHar(path: string): number {
  try {
    return openSync(path, "w", 0o600);
  } catch (cause) {
    throw new ExtractorError("usage", `cannot write ${path}: ${(cause as NodeJS.ErrnoException).code}`, {
      hint: "choose a folder that can be written to",
      cause,
    });
  }
}

const noUnshare = (cause: Error): ExtractorError =>
  new ExtractorError(
    "rights",
    `a sealed network needs unshare (util-linux): ${(cause as NodeJS.ErrnoException).code}`,
    {
      hint: "sealed runs need Linux; --mode proxy runs everywhere and sees programs only that honour proxy variables",
      cause,
    },
  );

const forbidden = (first: string, second: string): ExtractorError =>
  new ExtractorError("rights", `the kernel permits no namespaces: ${first}; as a user: ${second}`, {
    hint: "run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0), or give the container CAP_SYS_ADMIN and CAP_NET_ADMIN (docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt seccomp=unconfined); or --mode proxy",
  });
