import { loadRemote, remoteValue } from "./remote.js";
import { logEvent } from "./telemetry.js";

async function main() {
  await loadRemote();
  await logEvent("orbit_started", { cold: true });
  await logEvent("orbit_key_pressed", { modifier: "ctrl" });
  if (remoteValue("orbit_wide_layout", true)) await logEvent("orbit_layout_changed");
}

main();
