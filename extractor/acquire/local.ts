import type { Stats } from "node:fs";
import { access, constants, open, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { Artifact } from "../model/artifact.ts";
import type { AcquireContext, Acquired } from "./acquired.ts";
import { oneLine } from "./one-line.ts";
import { MAX_MANIFEST_BYTES, type ManifestIdentity, manifestIdentity } from "./package-manifest.ts";
import type { PathTarget } from "./spec.ts";
import { summarizeTarball } from "./tarball-manifest.ts";

const ARCHIVE = /\.(tgz|tar\.gz|tar)$/i;

/**
 * A tarball, a folder or a single file on this machine. Its name and version come from its `package.json`; without
 * one the name is the file's and the version `unknown`.
 * @throws ExtractorError `not-found` or `bad-input`
 */
export async function acquireFromPath(target: PathTarget, context: AcquireContext): Promise<Acquired> {
  const { path } = target;
  try {
    const stats = await stat(path);
    await access(path, constants.R_OK);
    if (stats.isDirectory()) {
      return acquired(
        target,
        { artifact: { kind: "folder", path }, integrity: null, manifest: await folderManifest(path) },
        context,
      );
    }
    if (!stats.isFile()) throw unusable(path, "it is neither a file nor a folder");
    if (await isArchive(path, stats)) {
      const { integrity, manifest } = await summarizeTarball(path);
      return acquired(target, { artifact: { kind: "tarball", from: path }, integrity, manifest }, context);
    }
    return acquired(target, { artifact: { kind: "file", path }, integrity: null, manifest: null }, context);
  } catch (error) {
    throw explained(path, error);
  }
}

async function folderManifest(path: string): Promise<string | null> {
  const manifest = join(path, "package.json");
  const stats = await stat(manifest).catch(() => null);
  if (!stats?.isFile() || stats.size > MAX_MANIFEST_BYTES) return null;
  return readFile(manifest, "utf8").catch(() => null);
}

/** By its name, or by what it begins with. */
async function isArchive(path: string, stats: Stats): Promise<boolean> {
  if (ARCHIVE.test(path)) return true;
  if (stats.size < 512) return false;
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    return (buffer[0] === 0x1f && buffer[1] === 0x8b) || buffer.toString("latin1", 257, 262) === "ustar";
  } finally {
    await handle.close();
  }
}

/** What lies at the path. */
interface Lying {
  artifact: Artifact;
  integrity: string | null;
  /** Text of the package.json. */
  manifest: string | null;
}

function acquired(target: PathTarget, { artifact, integrity, manifest }: Lying, { tools }: AcquireContext): Acquired {
  const stated: ManifestIdentity = manifest === null ? { name: null, version: null } : manifestIdentity(manifest);
  const name = stated.name ?? oneLine(basename(target.path).replace(ARCHIVE, ""));
  return {
    identity: { name, version: stated.version ?? "unknown", integrity, spec: target.spec },
    tool: tools.find((tool) => tool.package !== null && tool.package === stated.name)?.id ?? null,
    artifact,
  };
}

function explained(path: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return new ExtractorError("not-found", `there is no file or folder ${oneLine(path)}`, {
        hint: "check the path; a package on npm is given by its name alone, or as npm:NAME",
        cause: error,
      });
    case "EACCES":
    case "EPERM":
      return unusable(path, "you may not read it", error);
    case "ELOOP":
    case "ENAMETOOLONG":
      return unusable(path, "the path leads nowhere", error);
    default:
      return error;
  }
}

function unusable(path: string, why: string, cause?: unknown): ExtractorError {
  return new ExtractorError("bad-input", `cannot read ${oneLine(path)}: ${why}`, {
    hint: "give a .tgz, a folder or a single file that you may read",
    cause,
  });
}
