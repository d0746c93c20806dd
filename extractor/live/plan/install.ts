import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { AcquireOptions } from "../../acquire/acquired.ts";
import { cacheFolder, temporaryFolder } from "../../acquire/cache-folder.ts";
import { resolveSpec, type Target } from "../../acquire/spec.ts";
import { ExtractorError } from "../../errors.ts";
import type { Tool } from "../../model/signatures/signature.ts";
import { isProgram, isScript, platformProgram } from "./platform-program.ts";

/** Of several programs of a package the one of that name; null for the usual one. */
export type ProgramChoice = (name: string) => {
  program: string | null;
  /** True where install scripts will run: then what the manifest names is started, whatever it is before. */
  afterScripts: boolean;
};

export interface Installed {
  /** Folder to show to the run. */
  folder: string;
  /** The program in it, relative. */
  program: string;
  /** True where Node has to run it. */
  isScript: boolean;
  /** Of the package; empty for a program alone. */
  name: string;
}

/**
 * A package and what it depends on, unpacked by npm with its scripts turned off; kept in the cache by name and version.
 * @param programOfPackage which program of the package of that name
 * @throws ExtractorError `not-found` (no such package or program), `usage`
 */
export async function install(
  spec: string,
  programOfPackage: ProgramChoice,
  tools: readonly Tool[],
  options: AcquireOptions,
): Promise<Installed> {
  const target = await resolveSpec(spec, tools);
  if (target.kind === "path" && !/\.(tgz|tar\.gz)$/.test(target.path))
    return installedAt(target.path, programOfPackage);
  const folder = await unpacked(target, options);
  const name = target.kind === "registry" ? target.name : onlyDependency(folder);
  return { ...startOf(folder, join("node_modules", name), programOfPackage), folder };
}

/** A folder with a package, or a single program. */
async function installedAt(path: string, programOfPackage: ProgramChoice): Promise<Installed> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new ExtractorError("not-found", `${path} does not exist`, {
      hint: "give the path of a package or a program",
    });
  if (found.isDirectory()) return { ...startOf(path, "", programOfPackage), folder: path };
  const at = path.lastIndexOf("/");
  return { folder: path.slice(0, at) || "/", program: path.slice(at + 1), isScript: isScript(path), name: "" };
}

/**
 * Each installation is made in a folder of its own and moved to its place as a whole; a place is taken once and never
 * replaced, since another run may be using it. An archive has its place by its bytes, a version by its name; a tag or
 * a range is installed anew.
 */
async function unpacked(target: Target, options: AcquireOptions): Promise<string> {
  const root = join(options.cache ? cacheFolder(options.cacheDir) : temporaryFolder(), "installed");
  const npmSpec = target.kind === "registry" ? target.npmSpec : target.path;
  const exact = target.kind === "path" || target.exact !== null;
  const key = target.kind === "registry" ? npmSpec : await readFile(target.path).catch(() => npmSpec);
  const folder = join(root, createHash("sha256").update(key).digest("hex").slice(0, 16));
  if (exact && existsSync(folder)) return folder;
  await mkdir(root, { recursive: true });
  const fresh = await mkdtemp(`${folder}.`);
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
  ]).catch(async (error) => {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  });
  if (!exact) return fresh;
  try {
    await rename(fresh, folder);
  } catch {
    // another run was first
    await rm(fresh, { recursive: true, force: true });
  }
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
function startOf(folder: string, below: string, programOfPackage: ProgramChoice): Omit<Installed, "folder"> {
  const text = readFileSync(join(folder, below, "package.json"), "utf8");
  const { name = "", bin } = JSON.parse(text) as { name?: string; bin?: string | Record<string, string> };
  const { program: wanted, afterScripts } = programOfPackage(name);
  const short = name.replace(/^@[^/]*\//, "");
  const programs = typeof bin === "string" ? { [short]: bin } : (bin ?? {});
  const path = wanted === null ? (programs[short] ?? Object.values(programs)[0]) : programs[wanted];
  if (path === undefined) {
    throw new ExtractorError("not-found", `${name} has no program${wanted === null ? "" : ` ${wanted}`}`, {
      hint: `it has: ${Object.keys(programs).join(", ") || "none"}`,
    });
  }
  const named = hoisted(folder, below, path);
  if (named !== null && (afterScripts || isProgram(join(folder, named))))
    return { program: named, isScript: isScript(join(folder, named)), name };
  const linked = platformProgram(folder, below, { text, path });
  if (linked !== null) return { program: linked, isScript: isScript(join(folder, linked)), name };
  if (named !== null) return { program: named, isScript: isScript(join(folder, named)), name };
  throw new ExtractorError("not-found", `${name}: its program ${path} is not in the package`, {
    hint: "an install script may put it there, and none is run here",
  });
}

/**
 * `node_modules/x/cli.js` of a package lies beside the package where npm put the dependency there. Relative; null
 * where it isn't.
 */
function hoisted(folder: string, below: string, path: string): string | null {
  const inside = join(below, path);
  if (inside.startsWith("..")) return null;
  if (existsSync(join(folder, inside))) return inside;
  const beside = /^(?:\.\/)?(node_modules\/.*)$/.exec(path)?.[1];
  return beside !== undefined && existsSync(join(folder, beside)) ? beside : null;
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
