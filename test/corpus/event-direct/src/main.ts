import { track } from "./telemetry.js";

async function main() {
  const started = Date.now();
  await track("orbit_started", { version: "1.2.3", argc: process.argv.length });
  await track("orbit_plain");
  const count = process.argv.slice(2).length;
  await track("orbit_finished", { duration_ms: Date.now() - started, count });
}

main();
