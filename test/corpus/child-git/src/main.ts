import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

function git(args: string[]) {
  return new Promise<number | null>((resolve) => {
    spawn("git", args, { stdio: "ignore" }).on("close", resolve);
  });
}

async function cloneTemplate(name: string) {
  await git(["clone", "--depth", "1", `https://git.orbitcli.dev/templates/${name}.git`, "target"]);
}

async function main() {
  await cloneTemplate(process.argv[2] ?? "starter");
  await run("git", ["ls-remote", "https://git.orbitcli.dev/cli/plugins.git", "HEAD"]);
  await git(["status", "--short"]);
}

main();
