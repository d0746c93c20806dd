// The program of a package as files: each distinct JavaScript file that it holds, in containers too, once. node
// program.mjs TARBALL FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { acquire } from "../../dist/acquire/acquire.js";
import { readArtifact } from "../../dist/container/archive.js";
import { DiagnosticLog } from "../../dist/model/diagnostic.js";

const [tarball, folder] = process.argv.slice(2);
const log = new DiagnosticLog();
const { artifact } = await acquire(tarball, { tools: [], options: { cache: false, offline: true }, log });
const seen = new Set();
for await (const file of readArtifact(artifact, { log, limits: { maxMapBytes: 0 } })) {
  if (!("text" in file) || file.path.endsWith(".json") || seen.has(file.text)) continue;
  seen.add(file.text);
  // a path inside an executable may start at its root
  const path = join(folder, join("/", file.path).replace(/(?<!\.[cm]?js)$/, ".js"));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.text);
}
