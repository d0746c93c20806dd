import { Parser, type ReadEntry } from "tar";
import { ExtractorError } from "../../errors.ts";
import type { ArtifactFile } from "../../model/artifact.ts";
import type { DiagnosticLog } from "../../model/diagnostic.ts";
import type { OtherFile } from "../../model/source-file.ts";
import type { ByteSource, ClosableSource } from "../bytes.ts";
import { entryPath, printableName } from "../entry-path.ts";
import type { ReadLimits } from "../limits.ts";
import { Budget } from "./budget.ts";
import { ContainerEntry } from "./container-entry.ts";
import { EntryContent } from "./entry-content.ts";
import { gunzipped } from "./gunzip.ts";

/** What to do with the containers in an archive. */
export interface Inside {
  /** Path inside the package for the path of an entry. */
  path: (name: string) => string;
  /** The files inside, or null where the bytes are no container. */
  open: (source: ByteSource, path: string) => Promise<AsyncGenerator<ArtifactFile> | null>;
}

/**
 * The files of a tar archive, compressed with gzip or not, in its order, and those of the containers in it. No link
 * is followed. At any time at most one wanted file is held, besides the small ones that end in the same chunk; a
 * container is spooled to a temporary file without a name.
 */
export async function* readTarball(
  source: NodeJS.ReadableStream,
  limits: ReadLimits,
  log: DiagnosticLog,
  inside: Inside,
): AsyncGenerator<ArtifactFile> {
  const budget = new Budget(limits);
  const entries = new TarEntries(limits, budget, log, inside.path);
  try {
    for await (const chunk of gunzipped(source)) {
      budget.addBytes(chunk.length);
      entries.write(chunk);
      yield* completed(entries, inside);
    }
    entries.end();
    yield* completed(entries, inside);
  } finally {
    for (const entry of entries.take()) if ("container" in entry) await entry.container.close();
  }
}

/** A container that was spooled, with the file it counts as if it turns out to hold nothing. */
interface SpooledEntry {
  container: ClosableSource;
  file: OtherFile;
}

async function* completed(entries: TarEntries, inside: Inside): AsyncGenerator<ArtifactFile> {
  for (let entry = entries.next(); entry !== undefined; entry = entries.next()) {
    if (!("container" in entry)) {
      yield entry;
      continue;
    }
    try {
      const files = await inside.open(entry.container, entry.file.path);
      if (files === null) yield entry.file;
      else yield* files;
    } finally {
      await entry.container.close();
    }
  }
}

/**
 * The parser works through a chunk before `write` returns, since the content of every entry is taken or dropped at
 * once.
 */
class TarEntries {
  readonly #parser = new Parser({ zstd: false });
  readonly #limits: ReadLimits;
  readonly #budget: Budget;
  readonly #log: DiagnosticLog;
  readonly #seen = new Map<string, number>();
  readonly #pathOf: Inside["path"];
  #ready: (ArtifactFile | SpooledEntry)[] = [];
  #failure: Error | null = null;
  #started = false;
  #ended = false;

  constructor(limits: ReadLimits, budget: Budget, log: DiagnosticLog, pathOf: Inside["path"]) {
    this.#pathOf = pathOf;
    this.#limits = limits;
    this.#budget = budget;
    this.#log = log;
    this.#parser.on("entry", (entry) => this.#guard(() => this.#entry(entry)));
    this.#parser.on("ignoredEntry", (entry) => {
      entry.resume();
      this.#guard(() => this.#refuse(entry.path, `unsupported entry type ${entry.type}`));
    });
    this.#parser.on("warn", (code, message) => this.#warning(code, String(message)));
    this.#parser.on("error", (error) => this.#fail(error as Error));
    this.#parser.on("eof", () => {
      this.#ended = true;
    });
  }

  write(chunk: Buffer): void {
    if (!this.#started) {
      this.#started = true;
      // The parser would unpack it, beyond the reach of our count.
      if (chunk[0] === 0x1f && chunk[1] === 0x8b) this.#fail(new Error("it is compressed twice"));
    }
    // What follows the end mark is read, so that the source can verify itself, and dropped: the parser would pile it
    // up.
    if (!this.#ended && !this.#failure) this.#parser.write(chunk);
    if (this.#failure) throw this.#failure;
  }

  end(): void {
    this.#parser.end();
    if (this.#failure) throw this.#failure;
    if (!this.#ended) this.#log.add("entry-not-read", "the archive has no end mark; it may have been cut off");
  }

  /** The next completed one. */
  next(): ArtifactFile | SpooledEntry | undefined {
    return this.#ready.shift();
  }

  /** All completed ones. */
  take(): (ArtifactFile | SpooledEntry)[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #entry(entry: ReadEntry): void {
    this.#budget.addEntry();
    switch (entry.type) {
      case "File":
      case "OldFile":
      case "ContiguousFile":
        this.#file(entry);
        return;
      case "Directory":
      case "GNUDumpDir":
        break;
      case "Link":
      case "SymbolicLink":
        this.#log.add("entry-link", `${printableName(entry.path)} -> ${printableName(entry.linkpath ?? "")}`);
        break;
      default:
        this.#refuse(entry.path, `entry type ${entry.type}`);
    }
    entry.resume();
  }

  #file(entry: ReadEntry): void {
    const place = entryPath(entry.path);
    if ("refused" in place) {
      this.#refuse(entry.path, place.refused);
      entry.resume();
      return;
    }
    const content = new EntryContent(this.#pathOf(this.#unique(place.path)), entry.size, {
      limits: this.#limits,
      log: this.#log,
    });
    const container = new ContainerEntry();
    entry.on("end", () => {
      const file = content.end();
      const spooled = "reason" in file ? container.finish() : null;
      this.#ready.push(spooled !== null && "reason" in file ? { container: spooled, file } : file);
    });
    entry.on("data", (chunk) => {
      content.push(chunk);
      container.push(chunk);
    });
  }

  /** Of two entries with one name the later would be installed; both are read, so that neither can hide. */
  #unique(path: string): string {
    const count = (this.#seen.get(path) ?? 0) + 1;
    this.#seen.set(path, count);
    if (count === 1) return path;
    this.#log.add("entry-duplicate", printableName(path));
    return `~${count}/${path}`;
  }

  #refuse(name: string, reason: string): void {
    this.#log.add("entry-refused", `${printableName(name)}: ${reason}`);
  }

  #warning(code: string, message: string): void {
    if (code === "TAR_BAD_ARCHIVE" || code === "TAR_ABORT") this.#fail(new Error(message));
    else this.#log.add("entry-refused", `unreadable header: ${printableName(message)}`);
  }

  #guard(action: () => void): void {
    if (this.#failure) return;
    try {
      action();
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(cause: Error): void {
    this.#failure ??=
      cause instanceof ExtractorError
        ? cause
        : new ExtractorError(
            "bad-archive",
            `the archive is damaged or not a tar archive: ${printableName(cause.message)}`,
            {
              hint: "give an npm package (.tgz), a folder or a single file",
              cause,
            },
          );
  }
}
