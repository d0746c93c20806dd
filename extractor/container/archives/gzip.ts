import { Readable } from "node:stream";
import { ExtractorError } from "../../errors.ts";
import type { ArtifactFile } from "../../model/artifact.ts";
import type { Origin } from "../../model/source-file.ts";
import { type ByteSource, chunksOf } from "../bytes.ts";
import { foldDuplicate, freePath, unpackedFile } from "../embedded-file.ts";
import type { ContainerPlace } from "../place.ts";
import { virtualPath } from "../virtual-path.ts";
import { gunzipped } from "./gunzip.ts";
import { readTarball } from "./tarball.ts";

const TAR_MAGIC = { offset: 257, text: "ustar" };

/** The files of a compressed tar archive, or the one file of any other gzip. */
export async function* openGzip(source: ByteSource, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const head = await firstChunk(source);
  const isTar = head.toString("latin1", TAR_MAGIC.offset, TAR_MAGIC.offset + TAR_MAGIC.text.length) === TAR_MAGIC.text;
  yield* isTar ? openTar(source, place) : openSingle(source, place);
}

const unpacked = (source: ByteSource) => gunzipped(Readable.from(chunksOf(source)));

async function firstChunk(source: ByteSource): Promise<Buffer> {
  for await (const chunk of unpacked(source)) return chunk;
  return Buffer.alloc(0);
}

async function* openTar(source: ByteSource, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const { entries, bytes } = place.left;
  const limits = { ...place.limits, maxEntries: entries, maxBytes: bytes };
  const files = readTarball(Readable.from(chunksOf(source)), limits, place.log, {
    path: (name) => freePath(virtualPath(name), place),
    open: (inner, path) => {
      return place.nested(inner, path, originOf(path, place));
    },
  });
  for await (const file of files) {
    place.left.entries--;
    place.left.bytes -= file.bytes;
    if (file.origin !== undefined && file.origin.kind === "embedded")
      yield file; // from a container inside
    else {
      const origin = originOf(file.path, place);
      yield "text" in file ? foldDuplicate({ ...file, origin }, place) : { ...file, origin };
    }
  }
}

const originOf = (path: string, place: ContainerPlace): Origin => ({
  kind: "embedded",
  container: place.path,
  format: "tar",
  name: path.slice(place.path.length + 1),
});

async function* openSingle(source: ByteSource, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of unpacked(source)) {
    size += chunk.length;
    if (size > place.limits.maxFileBytes || size > place.left.bytes)
      throw new ExtractorError("bad-archive", "unpacks to more than the limit");
    parts.push(chunk);
  }
  place.left.bytes -= size;
  yield* unpackedFile(Buffer.concat(parts, size), "gzip", place);
}
