import { lstatSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const MAX_FILE_BYTES = 32 << 20;
const NOTHING = Buffer.alloc(0);

/**
 * A file that a capture names as part of itself: only one of the capture's own folder, a regular file and no link,
 * since a capture is a stranger's. Empty where there is none.
 */
export function fileBeside(capture: string, name: string): Buffer {
  if (name !== basename(name) || name === "." || name === "..") return NOTHING;
  const path = join(dirname(capture), name);
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= MAX_FILE_BYTES ? readFileSync(path) : NOTHING;
}
