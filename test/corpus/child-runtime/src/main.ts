import { spawn } from "node:child_process";

function which() {
  return process.execPath;
}

async function bun(cmd: string[]) {
  const child = spawn(which(), cmd, { stdio: "ignore", env: { ...process.env, BUN_BE_BUN: "1" } });
  await new Promise((resolve) => child.on("close", resolve));
}

async function main() {
  const pkg = "orbit-language-server";
  await bun(["add", "--exact", `${pkg}@latest`]);
}

main();
