import { basename } from "node:path";
import type { Artifact, ArtifactFile } from "../model/artifact.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import { readFolder, readSingleFile } from "./folder.ts";
import { DEFAULT_LIMITS, type ReadLimits } from "./limits.ts";
import { readTarball } from "./tarball.ts";

/**
 * Every regular file of an artifact: code and `package.json` with their text, all others listed with the reason why they weren't
 * read. Links, devices and names that lead elsewhere are diagnostics. Order: the archive's, or sorted for a folder.
 * @throws ExtractorError `bad-archive` if it is damaged or beyond the limits, `bad-input` if it can't be read
 */
export async function* readArtifact(
  artifact: Artifact,
  options: { log: DiagnosticLog; limits?: Partial<ReadLimits> },
): AsyncGenerator<ArtifactFile> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  switch (artifact.kind) {
    case "tarball":
      yield* readTarball(await artifact.open(), limits, options.log);
      break;
    case "folder":
      yield* readFolder(artifact.path, limits, options.log);
      break;
    case "file":
      yield await readSingleFile(artifact.path, basename(artifact.path), limits, options.log);
  }
}
