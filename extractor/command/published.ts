import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ExtractorError } from "../errors.ts";
import type { Catalogue } from "../model/signatures/catalogue.ts";
import { emptyCatalogue, isPlainName, observedFileOf } from "../render/published/catalogue.ts";

/**
 * What a folder of published reports says it holds; nothing where there is no folder yet.
 * @throws ExtractorError where index.json is not one of ours, or names a file outside the folder
 */
export async function readCatalogue(folder: string): Promise<Catalogue> {
  const path = join(folder, "index.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new ExtractorError("bad-input", `${path}: ${error.code}`, {
      hint: "name the folder of published reports",
      cause: error,
    });
  });
  if (text === null) return emptyCatalogue;
  try {
    const catalogue = JSON.parse(text) as Catalogue;
    if (catalogue.schemaVersion === 1 && catalogue.tools.every(isTool)) return catalogue;
  } catch {
    // said below
  }
  throw new ExtractorError("bad-input", `${path}: not an index of published reports`, {
    hint: "extract publish writes one",
  });
}

const isTool = ({ id, package: name, versions }: Catalogue["tools"][number]): boolean =>
  isPlainName(id) &&
  typeof name === "string" &&
  versions.every(
    ({ version, file, observed }) =>
      isPlainName(version) &&
      file === `${id}/${version}.json` &&
      (observed === undefined || observed.file === observedFileOf(id, version)),
  );
