import { Readable } from "node:stream";
import { readArtifact } from "../../extractor/container/archive.ts";
import type { ReadLimits } from "../../extractor/container/limits.ts";
import type { Artifact, ArtifactFile } from "../../extractor/model/artifact.ts";
import { type Diagnostic, DiagnosticLog } from "../../extractor/model/diagnostic.ts";

export interface Reading {
  files: ArtifactFile[];
  /** path -> text, or the reason in angle brackets. */
  shown: Record<string, string>;
  diagnostics: Diagnostic[];
}

/** Bytes arrive in small pieces, so that nothing depends on where a chunk ends. */
export function tarball(bytes: Buffer, pieceBytes = 777): Artifact {
  function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  return { kind: "tarball", from: async () => Readable.from(pieces()) };
}

export async function readAll(artifact: Artifact, limits?: Partial<ReadLimits>): Promise<Reading> {
  const log = new DiagnosticLog();
  const files: ArtifactFile[] = [];
  for await (const file of readArtifact(artifact, { log, ...(limits && { limits }) })) files.push(file);
  const shown = Object.fromEntries(files.map((file) => [file.path, show(file)]));
  return { files, shown, diagnostics: log.list() };
}

function show(file: ArtifactFile): string {
  if ("text" in file) return file.text;
  if ("map" in file) return file.map.toString();
  return "reason" in file ? `<${file.reason}>` : "<opened>";
}
