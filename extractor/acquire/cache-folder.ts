import { mkdtempSync, rmSync } from "node:fs";
import { access, constants, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import envPaths from "env-paths";
import { ExtractorError } from "../errors.ts";
import { oneLine } from "./one-line.ts";

/**
 * `$XDG_CACHE_HOME/endpoint-extractor` or ~/.cache/…, ~/Library/Caches/…, %LOCALAPPDATA%\…\Cache; or what was asked
 * for.
 */
export function cacheFolder(cacheDir?: string): string {
  return cacheDir === undefined ? envPaths("endpoint-extractor", { suffix: "" }).cache : resolve(cacheDir);
}

const INTERRUPTIONS = { SIGINT: 130, SIGTERM: 143 } as const;

const temporary: string[] = [];

/** A new folder that is removed when the process ends, interrupted or not. */
export function temporaryFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), "endpoint-extractor-"));
    if (temporary.length === 0) removeAtTheEnd();
    temporary.push(folder);
    return folder;
  } catch (cause) {
    throw unwritable(tmpdir(), cause);
  }
}

/**
 * Not before there is something to remove: a handler would keep an interruption waiting for as long as an analysis
 * computes.
 */
function removeAtTheEnd(): void {
  process.once("exit", () => {
    for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
  });
  for (const [signal, code] of Object.entries(INTERRUPTIONS)) process.once(signal, () => process.exit(code));
}

/**
 * Makes the folder, if need be: a cache that can't be kept is said before anything is asked of the network.
 * @throws ExtractorError `bad-input` if it can't be written
 */
export async function ensureWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

const UNWRITABLE = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "EEXIST", "ENAMETOOLONG"]);

/** True for errors of the file system that mean: not in this folder. */
export const isUnwritable = (error: unknown): boolean =>
  UNWRITABLE.has(String((error as NodeJS.ErrnoException | null)?.code));

export function unwritable(folder: string, cause: unknown): ExtractorError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new ExtractorError("bad-input", `cannot write to the folder ${oneLine(folder)}: ${code}`, {
    hint: "choose another cache with --cache-dir, or use --no-cache",
    cause,
  });
}
