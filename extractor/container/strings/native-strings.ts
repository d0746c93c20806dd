import type { ArtifactFile } from "../../model/artifact.ts";
import type { ByteSource } from "../bytes.ts";
import type { Executable } from "../executable.ts";
import type { Place } from "../place.ts";

/** The strings of a native binary's own code, where it is of a kind that is read. */
export async function* readNativeStrings(
  source: ByteSource,
  _executable: Executable,
  place: Place,
): AsyncGenerator<ArtifactFile> {
  yield { path: place.path, bytes: source.size, reason: "binary" };
}
