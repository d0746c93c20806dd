import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ExtractorError } from "../../errors.ts";

/**
 * Writes a file so that a reader, or a crash, finds the old content or the new one and never a part. Makes its folder.
 * @throws ExtractorError where it can't be written
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const fresh = `${path}.${process.pid}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(fresh, text, { flush: true });
    await rename(fresh, path);
  } catch (cause) {
    await rm(fresh, { force: true });
    throw new ExtractorError("usage", `cannot write ${path}: ${(cause as NodeJS.ErrnoException).code}`, {
      hint: "choose a folder that can be written to",
      cause,
    });
  }
}
