import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
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
afterAll(() => {
  if (made !== null) rmSync(made, { recursive: true, force: true });
});

/** The folder of this test file, which goes with it. */
export function captureFolder(): string {
  made ??= mkdtempSync(join(tmpdir(), "captures-"));
  return made;
}

let count = 0;

/** A file of that content in a folder of this run. */
export function captureFile(content: string | Uint8Array, name = "capture"): string {
  const path = join(captureFolder(), `${++count}-${name}`);
  writeFileSync(path, content);
  return path;
}
