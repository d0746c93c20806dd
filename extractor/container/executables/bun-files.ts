import type { ArtifactFile } from "../../model/artifact.ts";
import type { SourceFile } from "../../model/source-file.ts";
import { type ByteSource, sliceSource } from "../bytes.ts";
import { embeddedFile } from "../embedded-file.ts";
import { printableName } from "../entry-path.ts";
import type { ContainerPlace } from "../place.ts";
import { readBunSourceMap } from "../source-maps/bun-source-map.ts";
import { type BunModule, type BunProgram, findBunProgram } from "./bun.ts";
import type { Executable } from "./executable.ts";

/** jsx, js, ts, tsx: the same numbers in every version. */
const LAST_SCRIPT_LOADER = 3;

/** The modules and source maps of a Bun standalone executable; null where the binary holds none. */
export async function openBun(
  source: ByteSource,
  executable: Executable,
  place: ContainerPlace,
): Promise<AsyncGenerator<ArtifactFile> | null> {
  const program = await findBunProgram(source, executable);
  if (program === "corrupt")
    place.log.add("container-corrupt", `${printableName(place.path)}: its Bun module table is damaged`);
  return program === null || program === "corrupt" ? null : readModules(source, program, place);
}

async function* readModules(
  source: ByteSource,
  program: BunProgram,
  place: ContainerPlace,
): AsyncGenerator<ArtifactFile> {
  // Records may point at one content twice, or at overlapping ones to multiply it: all of them together fit the blob.
  let left = program.size;
  for (const module of program.modules) {
    left -= module.contents.size + module.sourceMap.size;
    if (left < 0) {
      place.log.add("container-corrupt", `${printableName(place.path)}: its Bun modules overlap`);
      return;
    }
    if (module.contents.size === 0 && module.bytecode.size > 0)
      place.log.add("container-unsupported", `${printableName(module.name)}: only bytecode`);
    const files = embeddedFile(
      {
        name: module.name,
        format: "bun",
        source: sliceSource(source, module.contents.offset, module.contents.size),
        isProgram: module.loader <= LAST_SCRIPT_LOADER,
        isUtf16: module.encoding === "utf16le",
      },
      place,
    );
    for await (const file of files) {
      yield file;
      if ("text" in file && module.sourceMap.size > 0) yield* mapOf(source, module, file, place);
    }
  }
}

async function* mapOf(
  source: ByteSource,
  module: BunModule,
  file: SourceFile,
  place: ContainerPlace,
): AsyncGenerator<ArtifactFile> {
  const path = `${file.path}.map`;
  if (module.sourceMap.size > place.limits.maxFileBytes) {
    place.log.add("container-limit", `${printableName(path)}: ${module.sourceMap.size} bytes of source map`);
    return;
  }
  const blob = await source.read(module.sourceMap.offset, module.sourceMap.size);
  const decoded = readBunSourceMap(blob, Math.min(place.limits.maxFileBytes, place.left.bytes));
  if (decoded === null) {
    place.log.add("source-map", `${printableName(path)}: damaged`);
    return;
  }
  if (decoded.unread > 0)
    place.log.add("source-map", `${printableName(path)}: sources that don't unpack`, decoded.unread);
  if (decoded.mappings === null && decoded.sources.length > 0)
    place.log.add("source-map", `${printableName(path)}: its mappings are in a form that isn't read; its sources are`);
  if (decoded.sources.length === 0) return;
  const { sources, sourcesContent, mappings } = decoded;
  const map = Buffer.from(JSON.stringify({ version: 3, sources, sourcesContent, names: [], mappings: mappings ?? "" }));
  place.left.bytes -= map.length;
  yield {
    path,
    describes: file.path,
    map,
    bytes: map.length,
    origin: { ...file.origin, name: `${module.name}.map` } as typeof file.origin,
  };
}
