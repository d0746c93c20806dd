import { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, chunksOf, sliceSource } from "../bytes.ts";
import { embeddedFile } from "../embedded-file.ts";
import { printableName } from "../entry-path.ts";
import type { ContainerPlace } from "../place.ts";
import { Spool } from "./spool.ts";

/** The files of a zip archive, by its central directory. */
export async function* openZip(source: ByteSource, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
    // Names are sanitised by us: yauzl would give up the whole archive over one of them.
    strictFileNames: false,
    decodeStrings: false,
  });
  for await (const entry of zip.eachEntry()) {
    const name = (entry.fileName as unknown as Buffer).toString("utf8");
    if (name.endsWith("/")) continue;
    const skipped = refusal(entry, place);
    if (skipped !== null) {
      place.log.add(skipped.kind, `${printableName(place.path)}: ${printableName(name)}: ${skipped.reason}`);
      continue;
    }
    const spool = new Spool();
    try {
      for await (const chunk of await zip.openReadStreamPromise(entry)) spool.push(chunk as Buffer);
      place.left.bytes -= entry.uncompressedSize;
      yield* embeddedFile({ name, format: "zip", source: spool.finish() }, place);
    } finally {
      spool.discard();
    }
  }
}

function refusal(
  entry: Entry,
  place: ContainerPlace,
): { kind: "container-limit" | "container-unsupported"; reason: string } | null {
  if (entry.isEncrypted()) return { kind: "container-unsupported", reason: "encrypted" };
  if (!entry.canDecodeFileData())
    return { kind: "container-unsupported", reason: `compression method ${entry.compressionMethod}` };
  // The stream fails where there is more than the entry says.
  if (entry.uncompressedSize > place.left.bytes)
    return { kind: "container-limit", reason: `${entry.uncompressedSize} bytes` };
  return null;
}

class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(chunksOf(sliceSource(this.#source, start, end - start)));
  }
}
