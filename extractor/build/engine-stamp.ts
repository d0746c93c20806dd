// Run by the build, last: a digest of everything compiled, so that a report an earlier build made is never taken for
// this one's.
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { ENGINE_STAMP } from "../kept-reports.ts";

const compiled = new URL("../", import.meta.url);
const hash = createHash("sha256");
for (const path of (await readdir(compiled, { recursive: true })).filter((name) => name.endsWith(".js")).sort()) {
  hash.update(`${path}\0`).update(await readFile(new URL(path, compiled)));
}
await writeFile(ENGINE_STAMP, hash.digest("hex"));
