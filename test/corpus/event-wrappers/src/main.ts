import { logEvent, logFailure, logTool } from "./telemetry.js";

const logUi = (name: string, metadata: { screen: string }) => logEvent(name, metadata);

async function main() {
  await logEvent("orbit_boot", { cold: true });
  await logTool("grep", "ok");
  await logFailure("orbit_read_failed", new Error("x"), { path_length: 3 });
  await logUi("orbit_screen_shown", { screen: "home" });
}

main();
