import valid from "semver/functions/valid.js";
import type { Acquired } from "./acquire/acquired.ts";
import { type ProgramDependency, standsInFor } from "./acquire/alias-package.ts";
import { readManifest } from "./acquire/manifest.ts";
import { choosePlatform, findPlatformPackages, platformPackages } from "./acquire/platform.ts";
import { readArtifact } from "./container/archive.ts";
import { type OpenMap, originalSources } from "./container/source-maps/open-maps.ts";
import { ExtractorError } from "./errors.ts";
import type { Unit } from "./ir/unit.ts";
import type { DiagnosticLog } from "./model/diagnostic.ts";
import type { PlatformPackage, ReadDependency } from "./model/packages-read.ts";
import type { Platform } from "./model/platform.ts";
import { type Code, PackageReader, type ReadFiles, type ReadingOptions } from "./reader.ts";
import { LineIndex } from "./syntax/positions.ts";
import { Texts } from "./syntax/texts.ts";
import { unitsOf } from "./syntax/units.ts";

export type { AcquireBeside, AskBuiltFor, Code } from "./reader.ts";

const MANIFEST = "package.json";

/** Everything read of a package and of those that hold its program. */
export interface Reading extends ReadFiles {
  platformPackages: PlatformPackage[];
  dependencies: ReadDependency[];
  /** What the manifest of the package asks for, by name. */
  wanted: Record<string, string>;
  /** Where the package holds hardly any program, and no package with one was read: how it may get one. */
  wrapper: { installs: boolean } | null;
  /** False where another package was asked for by a range of versions: tomorrow it may mean another one. */
  isPinned: boolean;
}

/** A stand-in for a stand-in is nothing that is met; a circle of them could be made. */
const MAX_STAND_INS = 3;

/**
 * Reads a package; where its command is that of another package, that one; and where it is a wrapper or a platform
 * was asked for, the package for that platform. Files of the others have the paths they are installed under:
 * `node_modules/NAME/…`.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function readPackage({ artifact }: Acquired, options: ReadingOptions): Promise<Reading> {
  const reader = new PackageReader(options);
  const specs: string[] = [];
  const packages: PlatformPackage[] = [];
  const readAlso = async ({ name, spec }: ProgramDependency, platform: Platform | null) => {
    specs.push(spec);
    const { identity, artifact } = await options.acquire(spec);
    const folder = `node_modules/${name}`;
    const before = reader.readFiles;
    await reader.read(artifact, folder);
    const { version, integrity } = identity;
    packages.push({ name: identity.name, version, integrity, platform, folder, files: reader.readFiles - before });
  };
  await reader.read(artifact, null);
  const own = reader.manifest;
  for (let k = 0, next = standsInFor(reader.manifest); k < MAX_STAND_INS && next !== null; k++) {
    await readAlso(next, null);
    next = standsInFor(reader.manifest);
  }
  let isWhole = true;
  const isAsked = options.platform !== null || reader.isWrapper;
  const targets = isAsked
    ? await findPlatformPackages(reader.manifest, askedOf(options))
    : platformPackages(reader.manifest);
  const target = choosePlatform(targets, options.platform);
  if (target !== null && isAsked) {
    // what the wrapper says itself is still worth a report, if nobody asked for that platform by name
    await readAlso(target, target.platform).catch((error) => {
      if (options.platform !== null || !(error instanceof ExtractorError) || error.code !== "not-found") throw error;
      options.log.add("platform-unread", `${target.spec}: ${error.message}`);
      isWhole = false;
    });
  } else if (target !== null) {
    const why = "the package itself holds a program; --platform reads its platform package as well";
    options.log.add("platform-unread", `${target.spec}: ${why}`);
  }
  const dependencies = await (options.dependencies === null ? [] : reader.readDependencies(own, specs));
  // it may be published tomorrow
  const isPinned = isWhole && specs.every((spec) => valid(spec.slice(spec.lastIndexOf("@") + 1)) !== null);
  const { dependencies: wanted, installs } = readManifest(own);
  const isAlone = reader.isWrapper && packages.every(({ files }) => files === 0);
  const files = reader.finish();
  const wrapper = isAlone && files.binaries.length === 0 ? { installs } : null;
  return { platformPackages: packages, dependencies, wanted, wrapper, isPinned, ...files };
}

/**
 * The platforms there are packages for; empty where the package is the same everywhere.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function listPlatforms(
  spec: string,
  reading: Pick<ReadingOptions, "acquire" | "builtFor" | "limits" | "log">,
): Promise<Platform[]> {
  let manifest = await manifestOf(spec, reading);
  for (let k = 0, next = standsInFor(manifest); k < MAX_STAND_INS && next !== null; k++) {
    manifest = await manifestOf(next.spec, reading);
    next = standsInFor(manifest);
  }
  return (await findPlatformPackages(manifest, askedOf(reading))).map(({ platform }) => platform);
}

/** What the registry can't be asked is said, and no reason to end. */
const askedOf =
  ({ builtFor, log }: Pick<ReadingOptions, "builtFor" | "log">) =>
  (spec: string) =>
    builtFor(spec).catch((error) => {
      if (!(error instanceof ExtractorError)) throw error;
      log.add("platform-unread", `${spec}: ${error.message}`);
      return null;
    });

async function manifestOf(
  spec: string,
  { acquire, limits, log }: Pick<ReadingOptions, "acquire" | "limits" | "log">,
): Promise<string> {
  const { artifact } = await acquire(spec);
  for await (const file of readArtifact(artifact, { log, limits, wanted: () => false }))
    if ("text" in file && file.path === MANIFEST) return file.text;
  return "";
}

/** The original sources that maps hold, as a program of its own. */
export function readSources(
  maps: readonly OpenMap[],
  log: DiagnosticLog,
  onFile: ReadingOptions["onFile"],
  beside?: ReadonlyMap<string, string>,
): Code {
  const units: Unit[] = [];
  const lines = new Map<string, LineIndex>();
  const texts = new Texts();
  let bytes = 0;
  for (const file of originalSources(maps, log, beside)) {
    bytes += file.bytes;
    onFile(bytes, file.path);
    const index = new LineIndex(file.text);
    lines.set(file.path, index);
    for (const unit of unitsOf(file, log, texts, index)) units.push(unit);
  }
  return { units, lines, manifests: new Map() };
}
