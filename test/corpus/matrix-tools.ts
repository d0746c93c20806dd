import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

/** Bundlers and compilers that only the matrix needs, pinned: npm brings them when it runs, a folder for each. */
const TOOLS = {
  rolldown: ["rolldown@1.3.3"],
  rspack: ["@rspack/core@2.3.4"],
  parcel: ["parcel@2.16.4"],
  "webpack-5.0": ["webpack@5.0.0"],
  webpack: ["webpack@5.113.0"],
  swc: ["@swc/core@1.16.22", "@swc/helpers@0.5.24"],
  babel: ["@babel/core@7.29.13", "@babel/preset-env@7.29.14", "@babel/preset-typescript@7.29.7"],
  tslib: ["tslib@2.9.1"],
  closure: ["google-closure-compiler-linux@20260927.0.0"],
  deno: ["@deno/linux-x64-glibc@2.9.6"],
} satisfies Record<string, string[]>;

export type Tool = keyof typeof TOOLS;

const FOLDER = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "corpus-tools");
const installs = new Map<Tool, Promise<string>>();

/** The folder a tool is installed in; its packages are under `node_modules` there. */
export function installed(tool: Tool): Promise<string> {
  const known = installs.get(tool) ?? install(tool);
  installs.set(tool, known);
  return known;
}

/** Loads a package of a tool. */
export async function load<T>(tool: Tool, name: string): Promise<T> {
  return createRequire(join(await installed(tool), "package.json"))(name) as T;
}

async function install(tool: Tool): Promise<string> {
  const packages = TOOLS[tool];
  const folder = join(FOLDER, packages.join("+").replace(/[^\w.+@-]/g, "_"));
  if (existsSync(folder)) return folder;
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "package.json"), JSON.stringify({ name: "corpus-tools", private: true }));
  await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], {
    cwd: work,
  });
  try {
    renameSync(work, folder);
  } catch (error) {
    // another worker was quicker
    if (!existsSync(folder)) throw error;
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}
