import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

interface Settings {
  telemetry?: boolean;
  updateUrl?: string;
}

function loadSettings(): Settings {
  const file = join(homedir(), ".orbit", "settings.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

async function main() {
  const settings = loadSettings();
  if (settings.telemetry !== false) await fetch("https://events.orbitcli.dev/v1/ping", { method: "POST" });
  await fetch(`${settings.updateUrl ?? "https://updates.orbitcli.dev"}/latest`);
}

main();
