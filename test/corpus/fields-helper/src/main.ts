import { describe, environment, errorFields } from "./describe.js";

async function track(event: string, props: object) {
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, props }) });
}

async function main() {
  await track("orbit_repository", describe({ branch: "main", remotes: [] }));
  await track("orbit_error", { ...errorFields(new TypeError("t")), fatal: false });
  await track("orbit_environment", await environment());
}

main();
