import { readFile } from "node:fs/promises";
import { ExtractorError } from "../errors.ts";
import { toJson } from "../render/json.ts";
import { replaceFile } from "./terminal/replace-file.ts";

/** The last version of each package whose diff was delivered. */
export type WatchState = Readonly<Record<string, string>>;

/** @throws ExtractorError where the file is there and isn't one of ours */
export async function readWatchState(path: string): Promise<WatchState> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new ExtractorError("bad-input", `${path}: ${error.code}`, {
      hint: "choose another file with --state",
      cause: error,
    });
  });
  if (text === null) return {};
  try {
    const { schemaVersion, seen } = JSON.parse(text) as { schemaVersion: number; seen: WatchState };
    if (schemaVersion === 1 && Object.values(seen).every((version) => typeof version === "string")) return seen;
  } catch {
    // said below
  }
  throw new ExtractorError("bad-input", `${path}: not a state of extract watch`, {
    hint: "choose another file with --state, or remove it to begin anew",
  });
}

/** Whole or not at all, so that a crash leaves the state before. */
export const writeWatchState = (path: string, seen: WatchState): Promise<void> =>
  replaceFile(path, toJson({ schemaVersion: 1, seen }));
