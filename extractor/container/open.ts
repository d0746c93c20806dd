import { ExtractorError } from "../errors.ts";
import type { ArtifactFile } from "../model/artifact.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { Origin } from "../model/source-file.ts";
import { openGzip } from "./archives/gzip.ts";
import { type ByteSource, sliceSource } from "./bytes.ts";
import { type ContainerKind, containerKind, MAGIC_BYTES } from "./container-kind.ts";
import { embeddedFile, unpackedFile } from "./embedded-file.ts";
import { printableName } from "./entry-path.ts";
import type { ExecutableFormat } from "./executable-contents.ts";
import { readFatMachO } from "./executables/mach-o.ts";
import type { ReadLimits } from "./limits.ts";
import type { ContainerPlace } from "./place.ts";
import { unzstd } from "./zstd.ts";

type Files = AsyncGenerator<ArtifactFile>;
type ContainerReader = (source: ByteSource, place: ContainerPlace) => Files | Promise<Files>;

/** What few packages hold is loaded when it is met. */
const READERS = {
  asar: async (source, place) => (await import("./archives/asar.ts")).openAsar(source, place),
  elf: openExecutableOf("elf"),
  "mach-o": openExecutableOf("mach-o"),
  "mach-o-fat": openSlices,
  pe: openExecutableOf("pe"),
  gzip: openGzip,
  zip: async (source, place) => (await import("./archives/zip.ts")).openZip(source, place),
  zstd: openZstd,
} satisfies Record<ContainerKind, ContainerReader>;

/**
 * Makes the function that opens the containers of one package: bounds, and texts seen before, count for all of them
 * together. It returns the files inside a container, known by its content: programs in Bun and Node executables,
 * strings of native code, archives, and what these hold in turn; null where the bytes are no container.
 * Nothing in a container makes it throw: damage, bounds and unread formats are diagnostics. The source must stay open
 * meanwhile.
 */
export function containerOpener(options: { limits: ReadLimits; log: DiagnosticLog }): ContainerPlace["nested"] {
  const shared: Shared = {
    ...options,
    left: { entries: options.limits.maxEntries, bytes: options.limits.maxBytes },
    seen: new Map(),
    taken: new Set(),
  };
  return (source, path, origin) => openAt(source, path, origin, { ...shared, depth: 0 });
}

/** What all containers of a package share. */
type Shared = Omit<ContainerPlace, "path" | "origin" | "depth" | "nested">;

async function openAt(
  source: ByteSource,
  path: string,
  origin: Origin,
  { depth, ...shared }: Shared & Pick<ContainerPlace, "depth">,
): Promise<Files | null> {
  const kind = containerKind(await source.read(0, MAGIC_BYTES));
  if (kind === null) return null;
  if (depth > shared.limits.maxDepth) {
    shared.log.add("container-limit", `${printableName(path)}: nested deeper than ${shared.limits.maxDepth}`);
    return null;
  }
  const place: ContainerPlace = {
    ...shared,
    path,
    origin,
    depth,
    nested: (inner, innerPath, innerOrigin) => openAt(inner, innerPath, innerOrigin, { ...shared, depth: depth + 1 }),
  };
  return guarded(await READERS[kind](source, place), place);
}

/** The readers check what they read; what they still trip over is the container's damage, not the end of the run. */
async function* guarded(files: Files, place: ContainerPlace): Files {
  try {
    yield* files;
  } catch (error) {
    if (error instanceof ExtractorError && error.code === "bad-input") throw error; // not the container's fault
    const reason = printableName(error instanceof Error ? error.message : String(error));
    place.log.add("container-corrupt", `${printableName(place.path)}: ${reason}`);
  }
}

function openExecutableOf(format: ExecutableFormat): ContainerReader {
  return async (source, place) => (await import("./executable-contents.ts")).openExecutable(source, format, place);
}

async function* openSlices(source: ByteSource, place: ContainerPlace): Files {
  const slices = await readFatMachO(source);
  if (slices === null) {
    place.log.add("container-corrupt", `${printableName(place.path)}: universal binary with a damaged header`);
    return;
  }
  for (const slice of slices) {
    const name = slice.machine;
    const inner = sliceSource(source, slice.offset, slice.size);
    yield* embeddedFile({ name, format: "mach-o-fat", source: inner }, place);
  }
}

async function* openZstd(source: ByteSource, place: ContainerPlace): Files {
  const bound = Math.min(place.limits.maxFileBytes, place.left.bytes);
  const bytes = source.size > bound ? null : unzstd(await source.read(0, source.size), bound);
  if (bytes === null) {
    place.log.add("container-corrupt", `${printableName(place.path)}: zstd that is damaged or unpacks to too much`);
    return;
  }
  place.left.bytes -= bytes.length;
  yield* unpackedFile(bytes, "zstd", place);
}
