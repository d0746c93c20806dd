import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { AcquireOptions } from "../../acquire/acquired.ts";
import { cacheFolder, temporaryFolder } from "../../acquire/cache-folder.ts";
import { resolveSpec, type Target } from "../../acquire/spec.ts";
import { ExtractorError } from "../../errors.ts";
import type { Tool } from "../../model/signature.ts";

export interface Installed {
  /** Folder to show to the run. */
  folder: string;
  /** The program in it, relative. */
  program: string;
  /** True where Node has to run it. */
  isScript: boolean;
}

/**
 * A package and what it depends on, unpacked by npm with its scripts turned off; kept in the cache by name and version.
 * @param program which of several programs of the package
 * @throws ExtractorError `not-found` (no such package or program), `usage`
 */
export async function install(
  spec: string,
  program: string | null,
  tools: readonly Tool[],
  options: AcquireOptions,
): Promise<Installed> {
  const target = await resolveSpec(spec, tools);
  if (target.kind === "path" && !/\.(tgz|tar\.gz)$/.test(target.path)) return installedAt(target.path, program);
  const folder = await unpacked(target, options);
  const name = target.kind === "registry" ? target.name : onlyDependency(folder);
  return { ...programOf(join(folder, "node_modules", name), program, join("node_modules", name)), folder };
}

/** A folder with a package, or a single program. */
async function installedAt(path: string, program: string | null): Promise<Installed> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new ExtractorError("not-found", `${path} does not exist`, {
      hint: "give the path of a package or a program",
    });
  if (found.isDirectory()) return { ...programOf(path, program, ""), folder: path };
  const at = path.lastIndexOf("/");
  return { folder: path.slice(0, at) || "/", program: path.slice(at + 1), isScript: isScript(path) };
}

async function unpacked(target: Target, options: AcquireOptions): Promise<string> {
  const root = join(options.cache ? cacheFolder(options.cacheDir) : temporaryFolder(), "installed");
  const npmSpec = target.kind === "registry" ? target.npmSpec : target.path;
  const exact = target.kind === "registry" && target.exact !== null;
  const folder = join(root, createHash("sha256").update(npmSpec).digest("hex").slice(0, 16));
  if (exact && existsSync(folder)) return folder;
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  options.onProgress?.({ step: "download", spec: npmSpec, bytes: 0 });
  await npm([
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefix",
    fresh,
    ...(options.offline ? ["--offline"] : []),
    ...(options.registry === undefined ? [] : ["--registry", options.registry]),
    npmSpec,
  ]);
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  return folder;
}

function onlyDependency(folder: string): string {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies)[0] ?? "";
}

function npm(args: string[]): Promise<void> {
  const child = spawn("npm", args, { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new ExtractorError("usage", `npm can't be started: ${cause.message}`, { hint: "install npm", cause })),
    );
    child.once("close", (code) => {
      if (code === 0) return resolve();
      const said = complaint.split("\n").filter((line) => /npm error/.test(line) && !/code E?\d*$/.test(line));
      reject(
        new ExtractorError(
          "not-found",
          `npm could not install it: ${said[1]?.replace("npm error ", "") ?? complaint.trim().split("\n")[0]}`,
          {
            hint: "see what `npm install --ignore-scripts` says",
          },
        ),
      );
    });
  });
}

/** @param below path of the package in the folder that is shown */
function programOf(packageFolder: string, wanted: string | null, below: string): Omit<Installed, "folder"> {
  const { name = "", bin } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    name?: string;
    bin?: string | Record<string, string>;
  };
  const short = name.replace(/^@[^/]*\//, "");
  const programs = typeof bin === "string" ? { [short]: bin } : (bin ?? {});
  const path = wanted === null ? (programs[short] ?? Object.values(programs)[0]) : programs[wanted];
  if (path === undefined) {
    throw new ExtractorError("not-found", `${name} has no program${wanted === null ? "" : ` ${wanted}`}`, {
      hint: `it has: ${Object.keys(programs).join(", ") || "none"}`,
    });
  }
  return { program: join(below, path), isScript: isScript(join(packageFolder, path)) };
}

/** Files of native programs begin with none of this. */
function isScript(path: string): boolean {
  const head = Buffer.alloc(64);
  const descriptor = openSync(path, "r");
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return /^#!.*\b(node|bun)\b/.test(head.toString("latin1")) || (/\.[cm]?js$/.test(path) && head[0] !== 0x7f);
}

/** The program of that name that a shell would take; null where there is none. */
export function onPath(name: string, path: string): string | null {
  if (name.includes("/")) return existsSync(name) ? name : null;
  return (
    path
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find((file) => existsSync(file)) ?? null
  );
}
