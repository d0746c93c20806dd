import type { ArtifactFile } from "../../model/artifact.ts";
import { type ByteSource, readExactly, readU64, sliceSource } from "../bytes.ts";
import { embeddedFile } from "../embedded-file.ts";
import { printableName } from "../entry-path.ts";
import type { ContainerPlace } from "../place.ts";
import type { Executable } from "./executable.ts";

const MAGIC = 0x0143da20;
const SNAPSHOT = 2;
const CODE_CACHE = 4;
const ASSETS = 8;
const ASSET_COUNT = 100_000;
/** Bytes between the flags and the first string: none, or one from Node 24 on. */
const EXTRA = [0, 1] as const;

interface SeaBlob {
  flags: number;
  codePath: string;
  code: ByteSource;
  assets: { name: string; source: ByteSource }[];
}

/** The files of a Node single executable application; null where the binary holds none. */
export async function openNodeSea(
  source: ByteSource,
  executable: Executable,
  place: ContainerPlace,
): Promise<AsyncGenerator<ArtifactFile> | null> {
  const range = await executable.injected("NODE_SEA_BLOB");
  if (range === null) return null;
  const bytes = sliceSource(source, range.offset, range.size);
  for (const extra of EXTRA) {
    const blob = await readBlob(bytes, extra);
    if (blob !== null) return readFiles(blob, place);
  }
  place.log.add(
    "container-corrupt",
    `${printableName(place.path)}: the blob of the Node single executable application is damaged`,
  );
  return null;
}

async function* readFiles(blob: SeaBlob, place: ContainerPlace): AsyncGenerator<ArtifactFile> {
  const name = blob.codePath.split(/[/\\]/).at(-1) || "main.js";
  const format = "node-sea";
  if ((blob.flags & SNAPSHOT) !== 0)
    place.log.add("container-unsupported", `${printableName(place.path)}: its program is a V8 snapshot`);
  else yield* embeddedFile({ name, format, source: blob.code, isProgram: true }, place);
  for (const asset of blob.assets) yield* embeddedFile({ ...asset, format }, place);
}

async function readBlob(bytes: ByteSource, extra: number): Promise<SeaBlob | null> {
  const head = await readExactly(bytes, 0, 8);
  if (head === null || head.readUInt32LE(0) !== MAGIC) return null;
  const flags = head.readUInt32LE(4);
  let at = 8 + extra;
  const number = async (): Promise<number> => {
    const field = await readExactly(bytes, at, 8);
    at += 8;
    return field === null ? Number.POSITIVE_INFINITY : readU64(field, 0);
  };
  /** The next length-prefixed string, or null where it goes past the end. */
  const part = async (): Promise<ByteSource | null> => {
    const size = await number();
    const start = at;
    at += size;
    return at <= bytes.size ? sliceSource(bytes, start, size) : null;
  };
  const text = async (): Promise<string | null> => {
    const found = await part();
    return found === null ? null : (await found.read(0, 4096)).toString("utf8");
  };
  const codePath = await text();
  const code = await part();
  if (codePath === null || codePath.includes("\0") || code === null) return null;
  if ((flags & CODE_CACHE) !== 0 && (await part()) === null) return null;
  const assets: SeaBlob["assets"] = [];
  const count = (flags & ASSETS) !== 0 ? await number() : 0;
  if (count > ASSET_COUNT) return null;
  for (let i = 0; i < count; i++) {
    const name = await text();
    const source = await part();
    if (name === null || source === null) return null;
    assets.push({ name, source });
  }
  return { flags, codePath, code, assets };
}
