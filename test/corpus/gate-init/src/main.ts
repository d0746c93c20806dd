import { capture, initAnalytics } from "./client.js";

async function main() {
  initAnalytics();
  await capture("orbit_init", { ready: true });
  await fetch("https://api.orbitcli.dev/v1/always");
}

main();
