import type { Acquired } from "./acquire/acquired.ts";
import type { BuiltFor } from "./acquire/built-for.ts";
import { LOCK_FILES } from "./acquire/lock-file.ts";
import { readArtifact } from "./container/archive.ts";
import type { ReadLimits } from "./container/limits.ts";
import { inlineMap, namedMap } from "./container/source-maps/source-map.ts";
import { readDependencies } from "./dependencies.ts";
import { type Manifests, type PackageEntries, packageEntries } from "./ir/package-entry.ts";
import type { Unit } from "./ir/unit.ts";
import type { Artifact, ArtifactFile } from "./model/artifact.ts";
import type { BinaryFile } from "./model/binary-string.ts";
import type { DiagnosticLog } from "./model/diagnostic.ts";
import type { Container, ReadDependency } from "./model/packages-read.ts";
import type { Platform } from "./model/platform.ts";
import type { SourceFile, SourceMapFile } from "./model/source-file.ts";
import type { TimeLimit } from "./model/time-limit.ts";
import { DataFiles } from "./syntax/data-files.ts";
import { LineIndex } from "./syntax/positions.ts";
import { Texts } from "./syntax/texts.ts";
import { unitsOf } from "./syntax/units.ts";

/** A package with less JavaScript than this is a wrapper around its platform packages, or around the binary in it. */
const WRAPPER_BYTES = 256 * 1024;
const MANIFEST = "package.json";

/** Gets a package that is read beside the one that was asked for. */
export type AcquireBeside = (spec: string) => Promise<Acquired>;

/** For which machines such a package is, by its manifest alone; null where nothing is known. */
export type AskBuiltFor = (spec: string) => Promise<BuiltFor | null>;

export interface ReadingOptions {
  acquire: AcquireBeside;
  builtFor: AskBuiltFor;
  log: DiagnosticLog;
  time: TimeLimit;
  /** Those not given keep their defaults. */
  limits: Partial<ReadLimits>;
  sourceMaps: boolean;
  /** False: its code is counted and not looked into. */
  code: boolean;
  /** True: texts of code that is looked into are kept as well. */
  keepsTexts?: boolean;
  /** Null: the default one, and only where the package itself holds no program. */
  platform: Platform | null;
  /** Not null: packages that the code leads into are read as well, but for those it says are known. */
  dependencies: { isKnown: (name: string) => boolean } | null;
  /** Told the bytes read so far, and the file. */
  onFile: (bytes: number, path: string) => void;
}

/** What is analysed. */
export interface Code {
  units: Unit[];
  /** Of every file with text. */
  lines: Map<string, LineIndex>;
  /** Of every package whose files are there, by its folder. */
  manifests: Manifests;
}

/** What was read of all files. */
export interface ReadFiles extends Code {
  /** Native binaries that are the program, or that the program loads; helpers beside it are left out. */
  binaries: BinaryFile[];
  maps: SourceMapFile[];
  /** Texts by path, where the code itself isn't looked into (sources may be among them) or `keepsTexts` asks. */
  beside: Map<string, string>;
  containers: Container[];
  counts: { files: number; bytes: number; otherFiles: number };
}

/** JavaScript that V8 compiled: bytecode, snapshots of its heap. */
const COMPILED = /\.(?:jsc|blob)$|snapshot[^/]*\.bin$/i;

/** Reads the files of a package, and of packages beside it, one after another. */
export class PackageReader {
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
  readonly #data = new DataFiles();
  readonly #manifests = new Map<string, PackageEntries>();
  #dependencyBytes = 0;
  readonly #counts = { files: 0, bytes: 0, otherFiles: 0 };
  /** Text of the `package.json` of the package read last; empty where it has none. */
  manifest = "";
  /** Its path. */
  #manifestPath = MANIFEST;

  constructor(options: ReadingOptions) {
    this.#options = options;
  }

  get isWrapper(): boolean {
    return this.#counts.bytes - this.#dependencyBytes < WRAPPER_BYTES;
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

  /** @param specs what was asked for beside the package; what is asked for here is added */
  readDependencies(manifest: string, specs: string[]): Promise<ReadDependency[]> {
    const { acquire, dependencies, log, time, limits } = this.#options;
    const lock = LOCK_FILES.map((name) => this.#data.textOf(name)).find((text) => text !== undefined);
    return readDependencies(
      { manifest, units: this.#units.slice(), manifests: this.#manifests },
      {
        acquire: (spec) => {
          specs.push(spec);
          return acquire(spec);
        },
        log,
        time,
        limits,
        isKnown: dependencies!.isKnown,
        lock: lock ?? null,
        take: (file) => {
          const before = this.#units.length;
          this.#dependencyBytes += file.bytes;
          this.#takeSource(file);
          return this.#units.slice(before);
        },
        data: (file) => this.#data.add(file, log),
      },
    );
  }

  finish(): ReadFiles {
    for (const { file, unit } of this.#options.code ? this.#data.modules(this.#texts, this.#options.log) : []) {
      this.#units.push(unit);
      this.#lines.set(file.path, new LineIndex(file.text));
    }
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
      manifests: this.#manifests,
      beside: this.#beside,
      counts: this.#counts,
    };
  }

  /**
   * A binary is the tool where there is no other program; beside one it is a helper, unless the program loads it as
   * its own part.
   */
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
    else this.#takeData(file);
  }

  #takeData(file: SourceFile): void {
    const folder = /^(?:(.*)\/)?package\.json$/s.exec(file.path);
    if (folder !== null) this.#manifests.set(folder[1] ?? "", packageEntries(file.text));
    else this.#counts.otherFiles++;
    this.#data.add(file, this.#options.log);
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
    if (!this.#options.code || this.#options.keepsTexts === true) this.#beside.set(file.path, file.text);
    if (!this.#options.code) return;
    const index = new LineIndex(file.text);
    this.#lines.set(file.path, index);
    this.#readFor(file, index);
  }

  /** As far as the time allows. */
  #readFor(file: SourceFile, index: LineIndex): void {
    const { log, time } = this.#options;
    this.#data.noteNames(file.text);
    for (const unit of time.isSpent ? [] : unitsOf(file, log, this.#texts, index)) {
      this.#units.push(unit);
      this.#data.noteImports(unit);
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
