import valid from "semver/functions/valid.js";
import type { Acquired } from "./acquire/acquired.ts";
import { type Dependency, standsInFor } from "./acquire/alias-package.ts";
import { choosePlatform, platformPackages } from "./acquire/platform.ts";
import { readArtifact } from "./container/archive.ts";
import type { ReadLimits } from "./container/limits.ts";
import { type OpenMap, originalSources } from "./container/source-maps/open-maps.ts";
import { inlineMap, namedMap } from "./container/source-maps/source-map.ts";
import { ExtractorError } from "./errors.ts";
import type { Unit } from "./ir/unit.ts";
import type { Artifact, ArtifactFile } from "./model/artifact.ts";
import type { BinaryFile } from "./model/binary-string.ts";
import type { DiagnosticLog } from "./model/diagnostic.ts";
import type { Platform } from "./model/platform.ts";
import type { Container, PlatformPackage } from "./model/report.ts";
import type { SourceFile, SourceMapFile } from "./model/source-file.ts";
import type { TimeLimit } from "./model/time-limit.ts";
import { LineIndex } from "./syntax/positions.ts";
import { Texts } from "./syntax/texts.ts";
import { unitsOf } from "./syntax/units.ts";

/** A package with less JavaScript than this is a wrapper around its platform packages, or around the binary in it. */
const WRAPPER_BYTES = 256 * 1024;
const MANIFEST = "package.json";

/** Gets a package that is read beside the one that was asked for. */
export type AcquireBeside = (spec: string) => Promise<Acquired>;

export interface ReadingOptions {
  acquire: AcquireBeside;
  log: DiagnosticLog;
  time: TimeLimit;
  /** Those not given keep their defaults. */
  limits: Partial<ReadLimits>;
  sourceMaps: boolean;
  /** False: its code is counted and not looked into. */
  code: boolean;
  /** Null: the default one, and only where the package itself holds no program. */
  platform: Platform | null;
  /** Told the bytes read so far, and the file. */
  onFile: (bytes: number, path: string) => void;
}

/** What is analysed. */
export interface Code {
  units: Unit[];
  /** Of every file with text. */
  lines: Map<string, LineIndex>;
}

/** Everything read of a package and of those that hold its program. */
export interface Reading extends Code {
  platformPackages: PlatformPackage[];
  /** False where another package was asked for by a range of versions: tomorrow it may mean another one. */
  isPinned: boolean;
  /** Native binaries that are the program, or that the program loads; helpers beside it are left out. */
  binaries: BinaryFile[];
  maps: SourceMapFile[];
  /** Texts by path, where the code itself isn't looked into: sources may be among them. */
  beside: Map<string, string>;
  containers: Container[];
  counts: { files: number; bytes: number; otherFiles: number };
}

/** JavaScript that V8 compiled: bytecode, snapshots of its heap. */
const COMPILED = /\.(?:jsc|blob)$|snapshot[^/]*\.bin$/i;

/** A stand-in for a stand-in is nothing that is met; a circle of them could be made. */
const MAX_STAND_INS = 3;

/**
 * Reads a package; where its command is that of another package, that one; and where it is a wrapper or a platform was asked for,
 * the package for that platform. Files of the others have the paths they are installed under: `node_modules/NAME/…`.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function readPackage({ artifact }: Acquired, options: ReadingOptions): Promise<Reading> {
  const reader = new Reader(options);
  const specs: string[] = [];
  const packages: PlatformPackage[] = [];
  const readAlso = async ({ name, spec }: Dependency, platform: Platform | null) => {
    specs.push(spec);
    const { identity, artifact } = await options.acquire(spec);
    const folder = `node_modules/${name}`;
    const before = reader.readFiles;
    await reader.read(artifact, folder);
    const { version, integrity } = identity;
    packages.push({ name: identity.name, version, integrity, platform, folder, files: reader.readFiles - before });
  };
  await reader.read(artifact, null);
  for (let k = 0, next = standsInFor(reader.manifest); k < MAX_STAND_INS && next !== null; k++) {
    await readAlso(next, null);
    next = standsInFor(reader.manifest);
  }
  let isWhole = true;
  const target = choosePlatform(platformPackages(reader.manifest), options.platform);
  if (target !== null && (options.platform !== null || reader.isWrapper)) {
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
  // it may be published tomorrow
  const isPinned = isWhole && specs.every((spec) => valid(spec.slice(spec.lastIndexOf("@") + 1)) !== null);
  return { platformPackages: packages, isPinned, ...reader.finish() };
}

/**
 * The platforms there are packages for; empty where the package is the same everywhere.
 * @throws ExtractorError for what the person who asked can mend
 */
export async function listPlatforms(
  spec: string,
  reading: Pick<ReadingOptions, "acquire" | "limits" | "log">,
): Promise<Platform[]> {
  let manifest = await manifestOf(spec, reading);
  for (let k = 0, next = standsInFor(manifest); k < MAX_STAND_INS && next !== null; k++) {
    manifest = await manifestOf(next.spec, reading);
    next = standsInFor(manifest);
  }
  return platformPackages(manifest).map(({ platform }) => platform);
}

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
  return { units, lines };
}

class Reader {
  readonly #options: ReadingOptions;
  readonly #units: Unit[] = [];
  readonly #texts = new Texts();
  readonly #binaries: BinaryFile[] = [];
  readonly #maps: SourceMapFile[] = [];
  /** Path of a map -> path of the file that names it. */
  readonly #namedMaps = new Map<string, string>();
  readonly #containers = new Map<string, Container>();
  readonly #lines = new Map<string, LineIndex>();
  readonly #beside = new Map<string, string>();
  readonly #counts = { files: 0, bytes: 0, otherFiles: 0 };
  /** Text of the `package.json` of the package read last; empty where it has none. */
  manifest = "";
  /** Its path. */
  #manifestPath = MANIFEST;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  get isWrapper(): boolean {
    return this.#counts.bytes < WRAPPER_BYTES;
  }

  /** Files with text and native binaries, so far. */
  get readFiles(): number {
    return this.#counts.files + this.#binaries.length;
  }

  async read(artifact: Artifact, folder: string | null): Promise<void> {
    const { log, limits, sourceMaps } = this.#options;
    this.manifest = "";
    this.#manifestPath = folder === null ? MANIFEST : `${folder}/${MANIFEST}`;
    const files = readArtifact(artifact, {
      log,
      limits: sourceMaps ? limits : { ...limits, maxMapBytes: 0 },
      wanted: (path) => this.#isOfProgram(path),
      ...(folder === null ? {} : { folder }),
    });
    for await (const file of files) this.#take(file);
  }

  finish(): Omit<Reading, "platformPackages" | "isPinned"> {
    const binaries = this.#binaries.filter(({ path }) => this.#isOfProgram(path));
    for (const { path, origin } of binaries) {
      this.#count(origin);
      this.#containers.set(path, { path, format: "native", files: 0 });
    }
    return {
      units: this.#units,
      binaries,
      maps: this.#maps.map((map) => ({ ...map, describes: this.#namedMaps.get(map.path) ?? map.describes })),
      containers: [...this.#containers.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
      lines: this.#lines,
      beside: this.#beside,
      counts: this.#counts,
    };
  }

  /** A binary is the tool where there is no other program; beside one it is a helper, unless the program loads it as its own part. */
  #isOfProgram(path: string): boolean {
    return this.isWrapper || path.endsWith(".node");
  }

  #take(file: ArtifactFile): void {
    if ("strings" in file) this.#binaries.push(file);
    if ("map" in file && this.#options.sourceMaps) this.#maps.push(file);
    if (!("text" in file)) {
      this.#counts.otherFiles++;
      if ("path" in file && COMPILED.test(file.path))
        this.#options.log.add("container-unsupported", `${file.path}: compiled bytecode of V8, which isn't read`);
      return;
    }
    if (file.path === this.#manifestPath) this.manifest ||= file.text;
    if (!file.path.endsWith(".json")) this.#takeSource(file);
  }

  #takeSource(file: SourceFile): void {
    this.#counts.files++;
    this.#counts.bytes += file.bytes;
    this.#options.onFile(this.#counts.bytes, file.path);
    this.#count(file.origin);
    const inline = this.#options.sourceMaps ? inlineMap(file) : null;
    if (inline !== null) this.#maps.push(inline);
    const named = namedMap(file);
    if (named !== null && !this.#namedMaps.has(named)) this.#namedMaps.set(named, file.path);
    if (!this.#options.code) {
      this.#beside.set(file.path, file.text);
      return;
    }
    const index = new LineIndex(file.text);
    this.#lines.set(file.path, index);
    this.#readFor(file, index);
  }

  /** As far as the time allows. */
  #readFor(file: SourceFile, index: LineIndex): void {
    const { log, time } = this.#options;
    for (const unit of time.isSpent ? [] : unitsOf(file, log, this.#texts, index)) {
      this.#units.push(unit);
      if (time.isSpent) break;
    }
    if (time.isSpent) log.add("time-spent", `${file.path} was not read to its end`);
  }

  #count(origin: SourceFile["origin"]): void {
    if (origin.kind !== "embedded") return;
    const { container: path, format } = origin;
    const known = this.#containers.get(path) ?? { path, format, files: 0 };
    known.files++;
    this.#containers.set(path, known);
  }
}
