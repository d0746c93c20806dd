import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { onWindows } from "./machine.js";

const EXTENSIONS = [".com", ".exe", ".bat", ".cmd", ".vbs", ".js", ".ws", ".msc"];
const FOLDERS = ["C:\\Windows", "C:\\Windows\\System32", "C:\\Program Files\\Git\\cmd", "C:\\Program Files\\nodejs"];

/** As Windows looks a program up. */
function search(name: string): string | null {
  for (const folder of FOLDERS) {
    for (const file of [name, ...EXTENSIONS.map((extension) => name + extension)]) {
      const path = join(folder, file);
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
    }
  }
  return null;
}

function lookup(name: string) {
  if (!onWindows()) return name;
  if (name.includes("\\")) return name;
  return search(name);
}

function run(program: string, args: string[]) {
  const path = lookup(program);
  if (path === null) throw new Error(`no ${program}`);
  return spawnSync(path, args, { stdio: "ignore" });
}

run("git", ["clone", "https://git.orbitcli.dev/templates.git"]);
run("npm", ["view", "@orbit-cli/cli", "version"]);
run("ls", ["https://ls.orbitcli.dev/nothing"]);
