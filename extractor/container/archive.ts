import { createReadStream } from "node:fs";
import { basename, join } from "node:path";
import type { Artifact, ArtifactFile } from "../model/artifact.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import { readFolder, readSingleFile } from "./archives/folder.ts";
import { type Inside, readTarball } from "./archives/tarball.ts";
import { fileSource } from "./bytes.ts";
import { DEFAULT_LIMITS, type ReadLimits } from "./limits.ts";
import { containerOpener } from "./open.ts";

/**
 * Every regular file of an artifact and of the containers in it: code and `package.json` with their text, native
 * binaries with their strings, all others listed with the reason why they weren't read. Links, devices and names that
 * lead elsewhere are diagnostics. Order: the archive's, or sorted for a folder.
 * @throws ExtractorError `bad-archive` if it is damaged or beyond the limits, `bad-input` if it can't be read
 */
export async function* readArtifact(
  artifact: Artifact,
  options: {
    log: DiagnosticLog;
    limits?: Partial<ReadLimits>;
    /** Folder that all paths of a tarball begin with, such as `node_modules/name`; none by default. */
    folder?: string;
    /** Asked before each container, by its path: are its contents wanted? Without it, all are. */
    wanted?: (path: string) => boolean;
  },
): AsyncGenerator<ArtifactFile> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const openAt = containerOpener({ limits, log: options.log });
  const open: Inside["open"] = async (source, path) =>
    options.wanted?.(path) === false ? null : openAt(source, path, { kind: "entry" });
  switch (artifact.kind) {
    case "tarball": {
      const path = (name: string) => (options.folder === undefined ? name : `${options.folder}/${name}`);
      const bytes = typeof artifact.from === "string" ? createReadStream(artifact.from) : await artifact.from();
      yield* readTarball(bytes, limits, options.log, { path, open });
      break;
    }
    case "folder":
      for await (const file of readFolder(artifact.path, limits, options.log))
        yield* opened(join(artifact.path, file.path), file, open);
      break;
    case "file":
      yield* opened(
        artifact.path,
        await readSingleFile(artifact.path, basename(artifact.path), limits, options.log),
        open,
      );
  }
}

/** The files inside a file that wasn't read for its own text; itself where there are none. */
async function* opened(path: string, file: ArtifactFile, open: Inside["open"]): AsyncGenerator<ArtifactFile> {
  if (!("reason" in file) || file.reason === "empty") return yield file;
  const source = fileSource(path);
  try {
    const files = await open(source, file.path);
    if (files === null) yield file;
    else yield* files;
  } finally {
    await source.close();
  }
}
