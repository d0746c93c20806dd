// The yardstick: what it costs to parse each file of a folder and do nothing with it. node parse.mjs FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@babel/parser";

const [folder] = process.argv.slice(2);
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
  parse(text, { sourceType: "unambiguous", errorRecovery: true, allowReturnOutsideFunction: true });
}
