import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, findFirst } from "../bytes.ts";
import { printableName } from "../entry-path.ts";
import type { Executable } from "../executable.ts";
import type { Place } from "../place.ts";
import { loadImage } from "./image.ts";
import { readStrings } from "./read-strings.ts";

/** Marks the compilers leave, even in stripped binaries. */
const LANGUAGES = [
  { language: "rust", name: "Rust", mark: Buffer.from("/rustc/") },
  { language: "go", name: "Go", mark: Buffer.from("\xff Go buildinf:", "latin1") },
] as const;

/** The strings of a native binary's own code, where it is of a kind that is read: Rust and Go for x86-64, as ELF. */
export async function* readNativeStrings(
  source: ByteSource,
  executable: Executable,
  place: Place,
): AsyncGenerator<ArtifactFile> {
  const other = { path: place.path, bytes: source.size, reason: "binary" } as const;
  const found = await findFirst(
    source,
    LANGUAGES.map((l) => l.mark),
  );
  const language = LANGUAGES.find((_, i) => found[i] !== -1);
  if (language === undefined) return yield other;
  const { format, machine } = executable;
  if (format !== "ELF" || machine !== "x64") {
    const what = `${printableName(place.path)}: strings of ${language.name} code in ${format} for ${machine} are not read`;
    place.log.add("container-unsupported", `${what}; give the linux-x64 package, which holds the same program`);
    return yield other;
  }
  const image = await loadImage(source, executable);
  if (image === null) {
    place.log.add("container-corrupt", `${printableName(place.path)}: no section of constants to read strings from`);
    return yield other;
  }
  const strings = await readStrings(source, image, language.language);
  yield { path: place.path, bytes: source.size, origin: place.origin, strings };
}
