import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, sliceSource } from "../bytes.ts";
import { embeddedFile } from "../embedded-file.ts";
import { printableName } from "../entry-path.ts";
import type { ContainerPlace } from "../place.ts";

/** Where the text of the index begins: four sizes of four bytes stand before it. */
const INDEX_START = 16;
/** No program has folders so deep. */
const MAX_FOLDERS = 64;

interface Entry {
  files?: Record<string, Entry>;
  size?: number;
  /** From the end of the index, in decimal. */
  offset?: string;
  /** It lies beside the archive. */
  unpacked?: boolean;
  link?: string;
}

/** The files of an Electron archive: an index in JSON, and the contents one after the other. */
export async function* openAsar(source: ByteSource, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const sizes = await source.read(0, INDEX_START);
  const contents = 8 + sizes.readUInt32LE(4);
  const length = sizes.readUInt32LE(12);
  if (length > contents - INDEX_START || contents > source.size || length > place.limits.maxFileBytes) {
    place.log.add("container-corrupt", `${printableName(place.path)}: an asar archive whose index doesn't fit`);
    return;
  }
  const index = JSON.parse((await source.read(INDEX_START, length)).toString("utf8")) as Entry;
  for (const { path, entry } of entriesOf(index, "", 0)) {
    if (entry.unpacked === true || entry.link !== undefined) continue;
    const start = contents + Number(entry.offset);
    const size = Number(entry.size);
    const fits = Number.isSafeInteger(start) && Number.isSafeInteger(size) && size >= 0 && start + size <= source.size;
    if (!fits || start < contents) {
      place.log.add(
        "container-corrupt",
        `${printableName(place.path)}: ${printableName(path)} lies outside the archive`,
      );
      continue;
    }
    yield* embeddedFile({ name: path, format: "asar", source: sliceSource(source, start, size) }, place);
  }
}

function* entriesOf(folder: Entry, path: string, depth: number): Generator<{ path: string; entry: Entry }> {
  if (depth > MAX_FOLDERS || typeof folder.files !== "object" || folder.files === null) return;
  for (const [name, entry] of Object.entries(folder.files)) {
    if (typeof entry !== "object" || entry === null) continue;
    const inner = path === "" ? name : `${path}/${name}`;
    if (entry.files === undefined) yield { path: inner, entry };
    else yield* entriesOf(entry, inner, depth + 1);
  }
}
