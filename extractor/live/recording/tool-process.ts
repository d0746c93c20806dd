import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { LiveExit } from "../../model/live-run.ts";
import type { TerminalStep } from "../../model/signatures/live-signature.ts";
import type { Launch } from "../sandbox/sandbox.ts";

/** The end of the output says why a run failed. */
const OUTPUT_TAIL = 4000;
const POLL_MS = 100;
/** Between the request to end and the end. */
const GRACE_MS = 3000;
const COLUMNS = 160;
const ROWS = 50;
/** A screen that never comes to rest is typed on all the same. */
const MAX_UNREST_MS = 30_000;
/** What terminals answer to the questions programs ask at their start: position of the cursor, kind of terminal. */
const TERMINAL_ANSWERS: [question: RegExp, answer: string][] = [
  [/\x1b\[6n/, "\x1b[1;1R"],
  [/\x1b\[c/, "\x1b[?62;c"],
  [/\x1b\[>0?q/, "\x1bP>|xterm(370)\x1b\\"],
];

export interface ToolProcessOptions {
  launch: Launch;
  terminal: TerminalStep[] | null;
  timeoutSeconds: number | null;
  /** Descriptors for input, output and errors of the program; null: nothing to read, and what it says is kept. */
  stdio: [number, number, number] | null;
}

/** A program of the run, from start to end, with the end of what it printed. */
export class ToolProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Pick<LiveExit, "code" | "signal">>;
  readonly #output = { stdout: "", stderr: "" };
  readonly #options: ToolProcessOptions;
  #lastOutput = Date.now();
  #timedOut = false;
  #interrupted = false;
  #limit: string | null = null;

  constructor(options: ToolProcessOptions) {
    this.#options = options;
    const { command, cwd, environment, descriptors, below } = options.launch;
    const [program = "", ...args] = command;
    const own: Exclude<StdioOptions, string> = options.stdio ?? [
      options.terminal === null ? "ignore" : "pipe",
      "pipe",
      "pipe",
    ];
    const handed = descriptors.map((one) => (typeof one === "number" ? one : ("pipe" as const)));
    this.#child = spawn(program, args, {
      cwd,
      env: environment,
      stdio: [...own, ...handed, ...(below === null ? [] : (["pipe"] as const))],
      // its own group, which is ended as a whole
      detached: true,
    });
    for (const [i, one] of descriptors.entries()) {
      if (typeof one !== "number") (this.#child.stdio[3 + i] as Writable).on("error", () => undefined).end(one);
    }
    this.#ended = below === null ? endOf(this.#child) : this.#endBelow(below.failure, 3 + descriptors.length);
    this.#collect("stdout");
    this.#collect("stderr");
    this.#child.stdin?.on("error", () => undefined);
  }

  /** Leader of its process group. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  get output(): { stdout: string; stderr: string } {
    return this.#output;
  }

  /** @throws what spawn throws, where the program can't be started */
  async run(): Promise<LiveExit> {
    const { timeoutSeconds } = this.#options;
    const timer =
      timeoutSeconds === null
        ? undefined
        : setTimeout(() => {
            this.#timedOut = true;
            this.#kill();
          }, 1000 * timeoutSeconds);
    const typing = new AbortController();
    if (this.#options.terminal !== null) void this.#type(this.#options.terminal, typing.signal);
    try {
      const end = await this.#ended;
      return {
        ...end,
        timedOut: this.#timedOut,
        interrupted: this.#interrupted,
        ...(this.#limit === null ? {} : { limit: this.#limit }),
      };
    } finally {
      clearTimeout(timer);
      typing.abort();
    }
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#kill();
  }

  exceed(limit: string): void {
    this.#limit ??= limit;
    this.end();
  }

  /** Ends what the program left behind. */
  end(): void {
    this.#signal("SIGKILL");
  }

  #kill(): void {
    const { below } = this.#options.launch;
    if (below === null) this.#signal("SIGTERM");
    else below.signal("SIGTERM");
    setTimeout(() => this.#signal("SIGKILL"), GRACE_MS).unref();
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, signal);
    } catch {
      // it has ended
    }
  }

  /** The program ends, and those above it stay for its children; or they end and it with them. */
  async #endBelow(
    failure: (complaint: string) => Error,
    descriptor: number,
  ): Promise<Pick<LiveExit, "code" | "signal">> {
    const over = endOf(this.#child);
    const silent = new Promise((resolve) => this.#child.once("close", resolve));
    const lines = createInterface({ input: this.#child.stdio[descriptor] as Readable })[Symbol.asyncIterator]();
    const begun = await Promise.race([lines.next(), over]);
    if (!("value" in begun) || begun.done) {
      await Promise.all([over, silent]);
      throw failure(this.#output.stderr);
    }
    const told = await Promise.race([lines.next(), over]);
    return "value" in told && !told.done ? asShellsSay(Number(told.value)) : over;
  }

  #collect(name: "stdout" | "stderr"): void {
    this.#child[name]?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastOutput = Date.now();
      this.#output[name] = (this.#output[name] + text).slice(-OUTPUT_TAIL);
      if (this.#options.terminal === null) return;
      for (const [question, answer] of TERMINAL_ANSWERS) if (question.test(text)) this.#child.stdin?.write(answer);
    });
  }

  async #type(steps: readonly TerminalStep[], signal: AbortSignal): Promise<void> {
    for (const { still, type } of steps) {
      const since = Date.now();
      const atRest = () => Date.now() - Math.max(since, this.#lastOutput) >= 1000 * still;
      while (!signal.aborted && !atRest() && Date.now() - since < MAX_UNREST_MS)
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      if (signal.aborted) return;
      this.#child.stdin?.write(type);
    }
  }
}

const endOf = (child: ChildProcess): Promise<Pick<LiveExit, "code" | "signal">> =>
  new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });

/** A shell adds 128 to the number of the signal that ended a program. */
function asShellsSay(code: number): Pick<LiveExit, "code" | "signal"> {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}

/** `script` is a pseudo-terminal that every Linux and macOS has; they differ in how it is asked. */
export function inTerminal(command: string[]): string[] {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const line = `stty rows ${ROWS} cols ${COLUMNS}; exec ${words}`;
  return process.platform === "linux"
    ? ["script", "-qefc", line, "/dev/null"]
    : ["script", "-q", "/dev/null", "/bin/sh", "-c", line];
}
