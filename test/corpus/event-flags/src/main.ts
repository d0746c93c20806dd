let features: Record<string, boolean> = {};

async function loadFeatures() {
  const response = await fetch("https://flags.orbitcli.dev/v1/evaluate", { method: "POST", body: JSON.stringify({ user: "u" }) });
  features = ((await response.json()) as { flags?: Record<string, boolean> }).flags ?? {};
}

const isEnabled = (flag: string, fallback = false) => features[flag] ?? fallback;

async function logEvent(event: string, metadata: object = {}) {
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, metadata }) });
}

async function main() {
  await loadFeatures();
  if (!isEnabled("orbit_quiet_mode")) await logEvent("orbit_loud_mode");
  if (isEnabled("orbit_new_editor", true)) await logEvent("orbit_editor_opened", { fresh: isEnabled("orbit_fresh_start") });
}

main();
