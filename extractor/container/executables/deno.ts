import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, readExactly } from "../bytes.ts";
import { printableName } from "../entry-path.ts";
import { type ContainerPlace, nothing } from "../place.ts";
import { type Executable, section } from "./executable.ts";

const MARK = Buffer.from("d3n0l4nd");

/** Recognises a program compiled by Deno and says so in a diagnostic; it isn't read. */
export async function openDeno(
  source: ByteSource,
  executable: Executable,
  place: ContainerPlace,
): Promise<AsyncGenerator<ArtifactFile> | null> {
  // Up to 1.x: the mark and two u64 at the end of the file. Later: a section of that name.
  const trailer = await readExactly(source, source.size - 24, MARK.length);
  const isDeno =
    trailer?.equals(MARK) === true ||
    executable.sections.some((s) => s.name === "d3n0l4nd" || s.name.endsWith(",d3n0l4nd")) ||
    section(executable, ".d3n0l4n", source.size) !== null ||
    (await executable.injected("d3n0l4nd")) !== null;
  if (!isDeno) return null;
  place.log.add(
    "container-unsupported",
    `${printableName(place.path)}: compiled by Deno; its modules are not read yet`,
  );
  return nothing();
}
