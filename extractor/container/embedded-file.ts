import { createHash } from "node:crypto";
import type { ArtifactFile } from "../model/artifact.ts";
import type { OtherFile, SourceFile } from "../model/source-file.ts";
import { bufferSource } from "./bytes.ts";
import { decodeText } from "./decode-text.ts";
import { printableName } from "./entry-path.ts";
import { contentVerdict, HEAD_BYTES, MAX_DATA_BYTES, nameVerdict } from "./file-kind.ts";
import type { ContainerPlace, EmbeddedFile } from "./place.ts";
import { virtualPath } from "./virtual-path.ts";

/**
 * Turns one file of a container into what the package gains by it: its text where it is a program, the files inside
 * where it is a container itself, a line in the list of other files otherwise. Text seen before is not read again.
 */
export async function* embeddedFile(file: EmbeddedFile, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const { source } = file;
  const path = freePath(virtualPath(file.name), place);
  const origin = { kind: "embedded", container: place.path, format: file.format, name: file.name } as const;
  const other = (reason: OtherFile["reason"]): OtherFile => ({ path, bytes: source.size, reason, origin });
  if (place.left.entries-- <= 0) {
    place.log.add("container-limit", `${printableName(place.path)}: more than ${place.limits.maxEntries} files`);
    return;
  }
  if (source.size === 0) return yield other("empty");
  const inner = await place.nested(source, path, origin);
  if (inner !== null) return yield* inner;
  const verdict = await kindOf(file, path);
  if (verdict !== "code" && verdict !== "data") return yield other(verdict);
  if (verdict === "data" && source.size > MAX_DATA_BYTES) return yield other("too-large");
  if (source.size > place.limits.maxFileBytes || source.size > place.left.bytes) {
    place.log.add("container-limit", `${printableName(path)}: ${source.size} bytes of text`);
    return yield other("too-large");
  }
  place.left.bytes -= source.size;
  const bytes = await source.read(0, source.size);
  if (file.isUtf16) {
    const text = bytes.toString("utf16le");
    return yield foldDuplicate({ path, text, bytes: Buffer.byteLength(text), origin }, place);
  }
  const { text, invalidAt } = decodeText(bytes);
  if (invalidAt !== null)
    place.log.add("invalid-utf8", `${printableName(path)}: first bad byte at offset ${invalidAt}`);
  const read = { path, text, bytes: bytes.length, origin };
  yield verdict === "data" ? read : foldDuplicate(read, place);
}

/** The only file of a compressed container, named after it. Its size was counted when it was unpacked. */
export function unpackedFile(bytes: Buffer, format: string, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const name = place.path.slice(place.path.lastIndexOf("/") + 1).replace(/\.(?:gz|zst)$/i, "");
  return embeddedFile({ name, format, source: bufferSource(bytes) }, place);
}

/** The file, or where its text was seen before, a note of where. */
export function foldDuplicate(file: SourceFile, place: ContainerPlace): ArtifactFile {
  const hash = createHash("sha256").update(file.text).digest("base64");
  const first = place.seen.get(hash);
  if (first === undefined) {
    place.seen.set(hash, file.path);
    return file;
  }
  place.log.add("duplicate-file", `${printableName(file.path)} is ${printableName(first)}`);
  return { path: file.path, bytes: file.bytes, reason: "duplicate", sameAs: first, origin: file.origin };
}

/**
 * The path inside the package for a file inside a container, with a mark in front where another file has it already.
 */
export function freePath(name: string, place: ContainerPlace): string {
  for (let count = 1; ; count++) {
    const path = count === 1 ? `${place.path}/${name}` : `${place.path}/~${count}/${name}`;
    if (place.taken.has(path)) continue;
    place.taken.add(path);
    return path;
  }
}

async function kindOf(file: EmbeddedFile, path: string): Promise<"code" | "data" | "binary" | "not-code"> {
  if (file.isProgram) return "code";
  const verdict = nameVerdict(path);
  if (verdict === "binary" || verdict === "not-code") return verdict;
  // executables hold their maps beside the modules, in forms of their own
  if (verdict === "map") return "not-code";
  if (file.isUtf16) return verdict === "code" ? "code" : "not-code";
  const content = contentVerdict(verdict, await file.source.read(0, HEAD_BYTES));
  return verdict === "data" && content === "code" ? "data" : content;
}
