import type { ArtifactFile } from "../model/artifact.ts";
import type { ByteSource } from "./bytes.ts";
import { printableName } from "./entry-path.ts";
import { openBun } from "./executables/bun-files.ts";
import { openDeno } from "./executables/deno.ts";
import { readElf } from "./executables/elf.ts";
import type { Executable, ExecutableReader } from "./executables/executable.ts";
import { readMachO } from "./executables/mach-o.ts";
import { openNodeSea } from "./executables/node-sea.ts";
import { readPe } from "./executables/pe.ts";
import { openPkg } from "./executables/pkg.ts";
import type { ContainerPlace } from "./place.ts";
import { readNativeStrings } from "./strings/native-strings.ts";

type Files = AsyncGenerator<ArtifactFile>;
type ProgramReader = (source: ByteSource, executable: Executable, place: ContainerPlace) => Promise<Files | null>;

const FORMATS = { elf: readElf, "mach-o": readMachO, pe: readPe } satisfies Record<string, ExecutableReader>;

export type ExecutableFormat = keyof typeof FORMATS;

/** Runtimes that carry a program inside their executable. Asked in this order: `pkg` reads the whole binary to know. */
const PROGRAMS = { bun: openBun, "node-sea": openNodeSea, deno: openDeno, pkg: openPkg } satisfies Record<
  string,
  ProgramReader
>;

/** The program inside an executable, or the strings of its own code where it holds none. */
export async function* openExecutable(source: ByteSource, format: ExecutableFormat, place: ContainerPlace): Files {
  const executable = await FORMATS[format](source);
  if (executable === null) {
    place.log.add("container-corrupt", `${printableName(place.path)}: its executable header doesn't hold together`);
    return;
  }
  for (const open of Object.values(PROGRAMS)) {
    const files = await open(source, executable, place);
    if (files !== null) return yield* files;
  }
  yield* readNativeStrings(source, executable, place);
}
