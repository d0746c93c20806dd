import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { readCaptures } from "../../extractor/capture/read-captures.ts";
import { type Diagnostic, DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import type { CaptureFile, Exchange } from "../../extractor/model/exchange.ts";

export interface Collected {
  exchanges: Exchange[];
  files: CaptureFile[];
  diagnostics: Diagnostic[];
}

export async function collect(...paths: string[]): Promise<Collected> {
  const log = new DiagnosticLog();
  const { exchanges, files } = readCaptures(paths, log);
  const found: Exchange[] = [];
  for await (const exchange of exchanges) found.push(exchange);
  return { exchanges: found, files, diagnostics: log.list() };
}

let made: string | null = null;

/** A folder that goes with the run: test files in one process share it. */
export function captureFolder(): string {
  made ??= mkdtempSync(join(inject("scratch"), "captures-"));
  return made;
}

let count = 0;

/** A file of that content in a folder of this run. */
export function captureFile(content: string | Uint8Array, name = "capture"): string {
  const path = join(captureFolder(), `${++count}-${name}`);
  writeFileSync(path, content);
  return path;
}
