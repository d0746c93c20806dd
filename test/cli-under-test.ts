import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";
import { takeSnapshot } from "../extractor/signatures/load.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CACHE = join(ROOT, "node_modules", ".cache", "cli-under-test");

declare module "vitest" {
  interface ProvidedContext {
    /** The command line's file, made from the sources as they stand. */
    cli: string;
    /** A folder that goes when all tests are done. */
    scratch: string;
  }
}

/**
 * Once for all tests: the sources in a bundle, half the start of a loader that compiles each of 200 files, and the
 * signatures parsed, as the build keeps them: half of the rest. What the program reads of its own package lies one
 * and two folders up, as seen from sources of either depth.
 */
export default async function bundleCli(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(CACHE, { recursive: true });
  const home = await mkdtemp(join(CACHE, "run-"));
  // in a sealed run of root's, nobody is root who has to read it
  await chmod(home, 0o755);
  const root = join(home, "root");
  await build({
    entryPoints: ["cli", "thread/analysis-worker", "census/work/job-process"].map((name) =>
      join(ROOT, `extractor/${name}.ts`),
    ),
    entryNames: "[name]",
    outdir: join(root, "dist"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
  await writeFile(join(root, "dist", "signatures.json"), JSON.stringify(await takeSnapshot()));
  for (const above of [root, home]) {
    for (const name of ["package.json", "signatures", "reports"]) await symlink(join(ROOT, name), join(above, name));
  }
  project.provide("cli", join(root, "dist", "cli.js"));
  project.provide("scratch", home);
  return () => rm(home, { recursive: true, force: true });
}
