import { bufferSource } from "../../extractor/container/bytes.ts";
import { DEFAULT_LIMITS, type ReadLimits } from "../../extractor/container/limits.ts";
import { containerOpener } from "../../extractor/container/open.ts";
import type { ArtifactFile } from "../../extractor/model/artifact.ts";
import { type Diagnostic, DiagnosticLog } from "../../extractor/model/diagnostic.ts";

export interface Opened {
  files: ArtifactFile[];
  /** path -> text, or the reason in angle brackets. */
  shown: Record<string, string>;
  diagnostics: Diagnostic[];
  /** Kinds of the diagnostics. */
  kinds: string[];
}

/** Opens a container called `tool`. */
export async function openAll(bytes: Buffer, limits: Partial<ReadLimits> = {}): Promise<Opened> {
  const log = new DiagnosticLog();
  const open = containerOpener({ limits: { ...DEFAULT_LIMITS, ...limits }, log });
  const files: ArtifactFile[] = [];
  const inside = await open(bufferSource(bytes), "tool", { kind: "entry" });
  if (inside === null) throw new Error("not a container");
  for await (const file of inside) files.push(file);
  const shown = Object.fromEntries(files.map((file) => [file.path, show(file)]));
  const diagnostics = log.list();
  return { files, shown, diagnostics, kinds: diagnostics.map((d) => d.kind) };
}

function show(file: ArtifactFile): string {
  if ("text" in file) return file.text;
  if ("map" in file) return file.map.toString();
  return "strings" in file ? "<strings>" : `<${file.reason}>`;
}
