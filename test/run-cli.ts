import { spawn } from "node:child_process";
import { inject } from "vitest";

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** The command line in a process of its own, without a terminal. */
export async function runCli(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; interrupt?: { by: NodeJS.Signals; after: number } } = {},
): Promise<Outcome> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, DEBUG: _debug, ...inherited } = process.env;
  const child = spawn(process.execPath, [inject("cli"), ...args], {
    env: { ...inherited, ...options.env },
    cwd: options.cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { interrupt } = options;
  const interruption = interrupt && setTimeout(() => child.kill(interrupt.by), interrupt.after);
  const outcome: Outcome = { code: null, signal: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    outcome.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(interruption);
      resolve({ ...outcome, code, signal });
    });
  });
}
