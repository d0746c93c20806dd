import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ExtractorError } from "../../errors.ts";
import type { ArtifactFile } from "../../model/artifact.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import { entryPath, printableName } from "../entry-path.ts";
import type { ReadLimits } from "../limits.ts";
import { Budget } from "./budget.ts";
import { EntryContent, type EntryOptions } from "./entry-content.ts";

const CHUNK_BYTES = 1024 * 1024;

/**
 * The files below a folder, bundled node_modules included and `.git` left out, sorted by name within each folder.
 * Links aren't followed; what can't be opened is a diagnostic.
 * @throws ExtractorError `bad-input` if the folder itself can't be read
 */
export async function* readFolder(root: string, limits: ReadLimits, log: DiagnosticLog): AsyncGenerator<ArtifactFile> {
  const walk: Walk = { root, limits, budget: new Budget(limits), log };
  // Paths relative to the root, next one last.
  const pending = [""];
  for (let relative = pending.pop(); relative !== undefined; relative = pending.pop()) {
    if (relative === "" || (await isFolder(join(root, relative)))) {
      pending.push(...(await children(walk, relative)));
    } else {
      const file = await readEntry(walk, relative);
      if (file) yield file;
    }
  }
}

interface Walk {
  root: string;
  limits: ReadLimits;
  budget: Budget;
  log: DiagnosticLog;
}

/** A single file; the path inside the "package" is its name. */
export async function readSingleFile(
  path: string,
  name: string,
  limits: ReadLimits,
  log: DiagnosticLog,
): Promise<ArtifactFile> {
  try {
    return await readContent(path, name, { limits, log, named: true }, () => {});
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isDirectory() ?? false;
}

/** Names in reverse order, for a stack. */
async function children({ root, budget, log }: Walk, relative: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(join(root, relative));
  } catch (error) {
    if (relative === "") throw unreadable(root, error);
    log.add("entry-not-read", `${printableName(relative)}: ${reason(error)}`);
    return [];
  }
  const kept: string[] = [];
  for (const name of names.sort().reverse()) {
    const path = relative === "" ? name : `${relative}/${name}`;
    if (name === ".git") log.add("entry-not-read", `${printableName(path)}: version control`);
    else kept.push(path);
    budget.addEntry();
  }
  return kept;
}

async function readEntry({ root, limits, budget, log }: Walk, relative: string): Promise<ArtifactFile | null> {
  const place = entryPath(relative);
  if ("refused" in place) {
    log.add("entry-refused", `${printableName(relative)}: ${place.refused}`);
    return null;
  }
  const path = join(root, relative);
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) {
      log.add("entry-link", printableName(relative));
      return null;
    }
    if (!stats.isFile()) {
      log.add("entry-refused", `${printableName(relative)}: not a regular file`);
      return null;
    }
    return await readContent(path, relative, { limits, log }, (bytes) => budget.addBytes(bytes));
  } catch (error) {
    if (error instanceof ExtractorError) throw error;
    log.add("entry-not-read", `${printableName(relative)}: ${reason(error)}`);
    return null;
  }
}

async function readContent(
  path: string,
  name: string,
  options: EntryOptions,
  count: (bytes: number) => void,
): Promise<ArtifactFile> {
  // The path may have become a link or a pipe since it was looked at.
  const flags = options.named ? constants.O_RDONLY : constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(path, flags);
  try {
    const { size } = await handle.stat();
    count(size);
    const content = new EntryContent(name, size, options);
    await pour(handle, size, content);
    return content.end();
  } finally {
    await handle.close();
  }
}

async function pour(handle: FileHandle, size: number, content: EntryContent): Promise<void> {
  const chunk = Buffer.allocUnsafe(Math.min(size, CHUNK_BYTES));
  for (let at = 0; at < size && content.wanted; ) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) break;
    content.push(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
}

const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

function unreadable(path: string, cause: unknown): ExtractorError {
  return new ExtractorError("bad-input", `cannot read ${printableName(path)}: ${reason(cause)}`, {
    hint: "check that it exists and that you may read it",
    cause,
  });
}
