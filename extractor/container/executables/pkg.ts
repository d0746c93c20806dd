import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, findFirst } from "../bytes.ts";
import { printableName } from "../entry-path.ts";
import { type ContainerPlace, nothing } from "../place.ts";
import type { Executable } from "./executable.ts";

/** The boot code of pkg keeps the payload's place as a string of digits; unpackaged Node has neither name. */
const MARKS = [Buffer.from("PAYLOAD_POSITION = '"), Buffer.from("PRELUDE_POSITION = '")];

/** Recognises a program packaged by pkg and says so in a diagnostic; its snapshot isn't read. */
export async function openPkg(
  source: ByteSource,
  _executable: Executable,
  place: ContainerPlace,
): Promise<AsyncGenerator<ArtifactFile> | null> {
  const found = await findFirst(source, MARKS);
  if (found.includes(-1)) return null;
  place.log.add("container-unsupported", `${printableName(place.path)}: packaged by pkg; its files are not read yet`);
  return nothing();
}
