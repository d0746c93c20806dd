import { exec, execSync, spawn } from "node:child_process";
import { promisify } from "node:util";

const shell = promisify(exec);
const INSTALLER = "https://get.orbitcli.dev/install.sh";

async function main() {
  execSync(`curl -fsSL ${INSTALLER}`, { stdio: "ignore" });
  await shell(`curl -s "https://get.orbitcli.dev/channels/${process.argv[2] ?? "stable"}"`);
  await new Promise((resolve) =>
    spawn("curl", ["-X", "POST", "-d", "{}", "https://crash.orbitcli.dev/v1/report"], { stdio: "ignore" }).on("close", resolve),
  );
}

main();
