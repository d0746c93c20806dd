import { closeSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LiveRun } from "../model/live-run.ts";
import { openHar, type RunOptions, runInner } from "./inner-process.ts";

/**
 * Runs a plan with nothing but proxy variables between the program and the network. Either process removes what is
 * left of the run when the other one is gone.
 * @throws ExtractorError `usage` where the program can't be started, `interrupted`
 */
export async function proxyRun(options: RunOptions): Promise<LiveRun> {
  const har = openHar(options.harFile);
  const folder = mkdtempSync(join(tmpdir(), "endpoint-extractor-run-"));
  let group: number | null = null;
  try {
    const plan = { ...options.plan, folder };
    const onProgram = (pid: number) => {
      group = pid;
    };
    const attempt = await runInner(options.inner, { ...options, plan, onProgram }, [har]);
    if ("run" in attempt) return attempt.run;
    throw attempt.said ?? new Error(`the recording did not start: ${attempt.complaint}`);
  } finally {
    if (group !== null) endGroup(group);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    closeSync(har);
  }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // it has ended
  }
}
