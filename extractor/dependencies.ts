import type { Acquired } from "./acquire/acquired.ts";
import { type LockFile, readLockFile } from "./acquire/lock-file.ts";
import { type Manifest, namedPaths, PACKAGE_NAME, readManifest, registrySpec } from "./acquire/manifest.ts";
import { readArtifact } from "./container/archive.ts";
import type { ReadLimits } from "./container/limits.ts";
import { ExtractorError } from "./errors.ts";
import { builtinModule } from "./ir/builtin-modules.ts";
import { importResolver, type Resolve } from "./ir/import-resolver.ts";
import { specifiersOf } from "./ir/loaded-files.ts";
import { type PackageEntries, packageEntries, specifiedPackage } from "./ir/package-entry.ts";
import type { Unit } from "./ir/unit.ts";
import type { DiagnosticLog } from "./model/diagnostic.ts";
import type { ReadDependency } from "./model/packages-read.ts";
import type { SourceFile } from "./model/source-file.ts";
import type { TimeLimit } from "./model/time-limit.ts";

/** So many packages are read beside the one that was asked for, and so many bytes of their code. */
const MAX_PACKAGES = 300;
const MAX_CODE_BYTES = 64 * 1024 ** 2;
/** Fetched at the same time. */
const AT_ONCE = 6;

/** Paths that a manifest names, so many at most. */
const MAX_NAMED = 200;

const MANIFEST = "package.json";

export interface DependencyOptions {
  acquire: (spec: string) => Promise<Acquired>;
  log: DiagnosticLog;
  time: TimeLimit;
  limits: Partial<ReadLimits>;
  /** Is it known what calls of the package do, so that its code tells nothing more? */
  isKnown: (name: string) => boolean;
  /** Of the package that was asked for; null for none. */
  lock: string | null;
  /** Reads a file of a dependency that something leads into. */
  take: (file: SourceFile) => readonly Unit[];
  /** Keeps a JSON file of a dependency. */
  data: (file: SourceFile) => void;
}

/** What is known before any dependency is read. */
export interface OwnPart {
  /** Text of its manifest. */
  manifest: string;
  units: readonly Unit[];
  /** By folder; those of dependencies are added. */
  manifests: Map<string, PackageEntries>;
}

/**
 * Reads the code of packages that a package's own code leads into, and what these lead into in turn: of each what is
 * imported of it. What the package asks for and no import names (a plug-in, loaded by its name) is read whole. The
 * lock file says which version is read, or else it is the newest that fits. Each stands under `node_modules/NAME`,
 * one version of it.
 */
export function readDependencies(own: OwnPart, options: DependencyOptions): Promise<ReadDependency[]> {
  return new DependencyReader(own, options).read(own.units);
}

/** An import that led nowhere yet. */
interface Open {
  from: string;
  specifier: string;
}

class DependencyReader {
  readonly #options: DependencyOptions;
  readonly #manifests: Map<string, PackageEntries>;
  readonly #lock: LockFile;
  /** Of everything that can be imported. */
  readonly #paths = new Map<string, string>();
  readonly #resolve: Resolve<string>;
  /** Files of dependencies that nothing has led into yet. */
  readonly #unread = new Map<string, SourceFile>();
  /** By folder. */
  readonly #about = new Map<string, { manifest: Manifest; text: string }>();
  readonly #read = new Map<string, ReadDependency>();
  readonly #refused = new Set<string>();
  #open: Open[] = [];
  #bytes = 0;

  constructor(own: OwnPart, options: DependencyOptions) {
    this.#options = options;
    this.#manifests = own.manifests;
    this.#lock = readLockFile(options.lock ?? "");
    for (const { file } of own.units) this.#paths.set(file, file);
    this.#resolve = importResolver(this.#paths, own.manifests);
    this.#about.set("", { manifest: readManifest(own.manifest), text: own.manifest });
  }

  async read(units: readonly Unit[]): Promise<ReadDependency[]> {
    this.#follow(units);
    await this.#readImported();
    await this.#readPlugins();
    await this.#readImported();
    return [...this.#read.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async #readImported(): Promise<void> {
    for (let names = this.#importedNames(); names.size > 0; names = this.#importedNames()) {
      await this.#fetchAll(names);
      const waiting = this.#open;
      this.#open = [];
      for (const open of waiting) this.#import(open);
    }
    this.#open = [];
  }

  /** Of what a package asks for and no import names, all that is named in its manifest: it is loaded by its name. */
  async #readPlugins(): Promise<void> {
    const names = new Map<string, string>();
    for (const name of Object.keys(this.#about.get("")!.manifest.dependencies))
      if (!this.#read.has(name) && this.#mayBeRead(name)) names.set(name, "");
    await this.#fetchAll(names);
    for (const name of names.keys()) {
      const folder = `node_modules/${name}`;
      const { text = "" } = this.#about.get(folder) ?? {};
      const named = namedPaths(text)
        .slice(0, MAX_NAMED)
        .map((path) => `${folder}/${path}`);
      for (const path of [...this.#unread.keys()])
        if (named.some((one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}.`)))
          this.#take(path);
    }
  }

  /** Packages that imports name, those that are imported most first, and the folder of one that imports them. */
  #importedNames(): Map<string, string> {
    const found = new Map<string, { folder: string; count: number }>();
    for (const { from, specifier } of this.#open) {
      const name = specifiedPackage(specifier)?.name;
      if (name === undefined || this.#read.has(name) || !this.#mayBeRead(name)) continue;
      const known = found.get(name);
      if (known === undefined) found.set(name, { folder: folderOf(from), count: 1 });
      else known.count++;
    }
    const sorted = [...found].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
    return new Map(sorted.map(([name, { folder }]) => [name, folder]));
  }

  #mayBeRead = (name: string): boolean =>
    !this.#refused.has(name) && PACKAGE_NAME.test(name) && !this.#options.isKnown(name);

  /** @param names of packages, and the folder of the one that asks for them */
  async #fetchAll(names: ReadonlyMap<string, string>): Promise<void> {
    const asked: { name: string; spec: string }[] = [];
    for (const [name, folder] of names) {
      const spec = this.#specOf(name, folder);
      if (this.#options.time.isSpent) this.#refuse(name, "the time for reading was spent");
      else if (this.#read.size + asked.length >= MAX_PACKAGES) this.#refuse(name, `more than ${MAX_PACKAGES} packages`);
      else if (spec === null) this.#refuse(name, "no manifest says which version of a registry it is");
      else asked.push({ name, spec });
    }
    for (let start = 0; start < asked.length; start += AT_ONCE) {
      const some = asked.slice(start, start + AT_ONCE);
      const fetched = await Promise.all(some.map(({ spec }) => this.#fetch(spec)));
      for (const [index, { name }] of some.entries()) await this.#unpack(name, fetched[index]!);
    }
  }

  async #fetch(spec: string): Promise<Acquired | ExtractorError> {
    try {
      return await this.#options.acquire(spec);
    } catch (error) {
      if (error instanceof ExtractorError) return error;
      throw error;
    }
  }

  /** Keeps what can be imported of a package. */
  async #unpack(name: string, fetched: Acquired | ExtractorError): Promise<void> {
    if (fetched instanceof ExtractorError) {
      this.#refuse(name, fetched.message);
      return;
    }
    const { log, limits, data } = this.#options;
    const { identity, artifact } = fetched;
    const folder = `node_modules/${name}`;
    try {
      const inside = { log, limits: { ...limits, maxMapBytes: 0 }, folder, wanted: () => false };
      for await (const file of readArtifact(artifact, inside)) {
        if (!("text" in file)) continue;
        if (file.path.endsWith(`/${MANIFEST}`)) this.#describe(file);
        if (file.path.endsWith(".json")) data(file);
        else {
          this.#unread.set(file.path, file);
          this.#paths.set(file.path, file.path);
        }
      }
    } catch (error) {
      if (!(error instanceof ExtractorError)) throw error;
      this.#refuse(name, error.message);
    }
    const { version, integrity } = identity;
    this.#read.set(name, { name, version, integrity, folder, files: 0 });
  }

  #describe({ path, text }: SourceFile): void {
    const folder = path.slice(0, -MANIFEST.length - 1);
    this.#manifests.set(folder, packageEntries(text));
    this.#about.set(folder, { manifest: readManifest(text), text });
  }

  #specOf(name: string, folder: string): string | null {
    const locked = this.#lock.versionOf(name, folder);
    const wanted = this.#wantedBy(folder, name) ?? this.#wantedBy("", name);
    const target = wanted === null ? null : registrySpec(name, wanted);
    if (target === null) return locked === null ? null : `${name}@${locked}`;
    return `${target.name}@${locked ?? target.version}`;
  }

  #wantedBy(folder: string, name: string): string | null {
    const { dependencies, optionalDependencies, peerDependencies } = this.#about.get(folder)?.manifest ?? NO_MANIFEST;
    return (
      [dependencies, optionalDependencies, peerDependencies].find((all) => Object.hasOwn(all, name))?.[name] ?? null
    );
  }

  #refuse(name: string, why: string): void {
    this.#refused.add(name);
    this.#options.log.add("dependency-unread", `${name}: ${why}`);
  }

  #take(path: string): void {
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const file = this.#unread.get(next);
      if (file === undefined) continue;
      this.#unread.delete(next);
      this.#bytes += file.bytes;
      if (this.#bytes > MAX_CODE_BYTES) {
        this.#options.log.add("dependency-unread", `${next}: more than ${MAX_CODE_BYTES} bytes of dependencies`);
        continue;
      }
      const owner = this.#read.get(folderOf(next).slice("node_modules/".length));
      if (owner !== undefined) owner.files++;
      for (const unit of this.#options.take(file)) waiting.push(...this.#ledInto(unit));
    }
  }

  #follow(units: readonly Unit[]): void {
    for (const unit of units) for (const path of this.#ledInto(unit)) this.#take(path);
  }

  #import({ from, specifier }: Open): void {
    const path = this.#resolve(from, specifier);
    if (path !== null) this.#take(path);
  }

  /** Paths of files that a unit imports; what is in no file yet stays open. */
  *#ledInto(unit: Unit): Iterable<string> {
    for (const specifier of new Set(specifiersOf(unit))) {
      if (builtinModule(specifier).startsWith("node:")) continue;
      const path = this.#resolve(unit.file, specifier);
      if (path !== null) yield path;
      else if (specifiedPackage(specifier) !== null) this.#open.push({ from: unit.file, specifier });
    }
  }
}

const NO_MANIFEST = readManifest("");

/**
 * The folder of the package that a file belongs to: the innermost `node_modules/NAME`; empty for the one that was
 * asked for.
 */
function folderOf(path: string): string {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/s.exec(path)?.[0] ?? "";
}
