import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CACHE = join(ROOT, "node_modules", ".cache", "cli-under-test");

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

let folder: Promise<string> | null = null;
afterAll(async () => {
  if (folder !== null) await rm(await folder, { recursive: true, force: true });
});

/**
 * The sources as they stand, bundled once per test file: half the start of a loader that compiles each of 200 files. What the
 * program reads of its own package lies one and two folders up, as seen from sources of either depth.
 */
async function bundled(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const home = await mkdtemp(join(CACHE, "run-"));
  const root = join(home, "root");
  await build({
    entryPoints: [join(ROOT, "extractor/cli.ts")],
    outdir: join(root, "dist"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
  for (const above of [root, home]) {
    for (const name of ["package.json", "signatures", "reports"]) await symlink(join(ROOT, name), join(above, name));
  }
  return home;
}

/** The command line in a process of its own, without a terminal. */
export async function runCli(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; interrupt?: { by: NodeJS.Signals; after: number } } = {},
): Promise<Outcome> {
  folder ??= bundled();
  const cli = join(await folder, "root", "dist", "cli.js");
  const { NO_COLOR: _no, FORCE_COLOR: _force, DEBUG: _debug, ...inherited } = process.env;
  const child = spawn(process.execPath, [cli, ...args], {
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
