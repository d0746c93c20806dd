import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, findFirst } from "../bytes.ts";
import { printableName } from "../entry-path.ts";
import type { Executable } from "../executables/executable.ts";
import type { ContainerPlace } from "../place.ts";
import { loadImage } from "./image.ts";
import { readStrings } from "./read-strings.ts";

const RUST_MARK = Buffer.from("/rustc/");

/** The strings of a native binary's own code, where it is of a kind that is read: Rust and Go for x86-64, as ELF. */
export async function* readNativeStrings(
  source: ByteSource,
  executable: Executable,
  place: ContainerPlace,
): AsyncGenerator<ArtifactFile> {
  const other = { path: place.path, bytes: source.size, reason: "binary" } as const;
  const language = await languageOf(source, executable);
  if (language === null) return yield other;
  const { format, machine } = executable;
  if (format !== "ELF" || machine !== "x64") {
    const what = `${printableName(place.path)}: strings of ${NAMES[language]} code in ${format} for ${machine} are not read`;
    place.log.add("container-unsupported", `${what}; give the linux-x64 package, which holds the same program`);
    return yield other;
  }
  const image = await loadImage(source, executable);
  if (image === null) {
    place.log.add("container-corrupt", `${printableName(place.path)}: no section of constants to read strings from`);
    return yield other;
  }
  const { strings, isComplete } = await readStrings(source, image, language);
  if (!isComplete)
    place.log.add("container-limit", `${printableName(place.path)}: more strings than any real program has`);
  yield { path: place.path, bytes: source.size, origin: place.origin, strings };
}

const NAMES = { rust: "Rust", go: "Go" };

/** By what the compilers leave even in stripped binaries: Go's table of functions, paths of Rust's own library. */
async function languageOf(source: ByteSource, executable: Executable): Promise<keyof typeof NAMES | null> {
  if (executable.sections.some((s) => s.name.endsWith("gopclntab"))) return "go";
  const [rust] = await findFirst(source, [RUST_MARK]);
  return rust === -1 ? null : "rust";
}
