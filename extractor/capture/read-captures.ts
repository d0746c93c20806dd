import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { CaptureFile, Exchange } from "../model/exchange.ts";
import { CaptureDamage } from "./damage.ts";
import { describeOther, detectFormat, formatNames } from "./formats.ts";
import { type CaptureSource, openSource } from "./source.ts";

export interface Captures {
  exchanges: AsyncGenerator<Exchange>;
  /** Filled while `exchanges` is read: one row per file with requests. */
  files: CaptureFile[];
}

/**
 * Requests of several captures, one after the other and in the order given; folders are walked, their names sorted.
 * The format of each file is known by its content.
 * @throws ExtractorError `bad-input` (while reading) for a file that is no capture or holds no request
 */
export function readCaptures(paths: readonly string[], log: DiagnosticLog): Captures {
  const files: CaptureFile[] = [];
  return { files, exchanges: readAll(paths, files, log) };
}

async function* readAll(paths: readonly string[], files: CaptureFile[], log: DiagnosticLog): AsyncGenerator<Exchange> {
  for (const path of paths) {
    const before = files.length;
    const isFolder = (await statOf(path)).isDirectory();
    for await (const file of isFolder ? walk(path) : [path]) {
      const source = await openSource(file);
      const found = detectFormat(source.sample);
      if (found === null) {
        if (!isFolder) throw notACapture(source);
        log.add("capture-unrecognised", `${file}: ${describeOther(source.sample)}`);
        continue;
      }
      const row: CaptureFile = { file, format: found.id, records: 0, complete: true };
      try {
        for await (const exchange of found.format.read(source, log)) {
          row.records++;
          yield exchange;
        }
      } catch (error) {
        noteDamage(error, row, found.format.label, { log, isFolder });
      }
      if (row.records > 0) files.push(row);
      else if (!isFolder) throw noRequests(file, found.format.label);
    }
    if (isFolder && files.length === before) {
      throw new ExtractorError("bad-input", `${path}: no file in this folder holds a request`, {
        hint: `Known: ${formatNames().join(", ")}.`,
      });
    }
  }
}

/** What was read before the damage is kept; a file that was named and is damaged from its start is an error. */
function noteDamage(
  error: unknown,
  row: CaptureFile,
  label: string,
  { log, isFolder }: { log: DiagnosticLog; isFolder: boolean },
): void {
  const damage = damageOf(error);
  if (damage === null) throw error;
  const where = damage.byte === null ? "" : ` at byte ${damage.byte}`;
  if (row.records === 0 && !isFolder) {
    throw new ExtractorError(
      "bad-input",
      `${row.file}: damaged ${label}${where}: ${damage.reason}; no request could be read`,
      {
        hint: "Record it again, or check that the recorder was closed before the file was copied.",
        cause: error,
      },
    );
  }
  row.complete = false;
  log.add(
    "capture-damaged",
    `${row.file}: damaged ${label}${where}: ${damage.reason}; ${row.records} requests were read before`,
  );
}

function damageOf(error: unknown): { reason: string; byte: number | null } | null {
  if (error instanceof CaptureDamage) return { reason: error.message, byte: error.byte };
  // A cut or damaged .gz file.
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  return code.startsWith("Z_") ? { reason: "the gzip data ends early or is damaged", byte: null } : null;
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (cause) {
    throw new ExtractorError("not-found", `${path}: no such file or folder`, {
      hint: "Give a capture file, or a folder of them.",
      cause,
    });
  }
}

/** Regular files below a folder, sorted. Links aren't followed: they could lead out of it, or in a circle. */
async function* walk(folder: string): AsyncGenerator<string> {
  const names = (await readdir(folder)).sort();
  for (const name of names) {
    const path = join(folder, name);
    const entry = await lstat(path);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

const notACapture = (source: CaptureSource): ExtractorError =>
  source.sample.length === 0
    ? new ExtractorError("bad-input", `${source.path}: the file is empty`, {
        hint: "Was the recorder stopped before it wrote?",
      })
    : new ExtractorError("bad-input", `${source.path}: not a capture: ${describeOther(source.sample)}`, {
        hint: `Known: ${formatNames().join(", ")}.`,
      });

const noRequests = (file: string, label: string): ExtractorError =>
  new ExtractorError("bad-input", `${file}: ${label} without a single request`, {
    hint: "If the tool did run, its traffic may have bypassed the recorder, or its TLS handshakes failed.",
  });
