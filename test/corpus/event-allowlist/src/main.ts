const DATADOG_EVENTS = new Set(["orbit_boot", "orbit_crash", "orbit_never_sent"]);
const CLIENT_TOKEN = "pubc0ffee00c0ffee00c0ffee00c0ffee00";

async function firstParty(event: string, metadata: object) {
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, metadata }) });
}

async function thirdParty(event: string, metadata: object) {
  if (!DATADOG_EVENTS.has(event)) return;
  await fetch("https://http-intake.logs.orbitcli.dev/api/v2/logs", {
    method: "POST",
    headers: { "DD-API-KEY": CLIENT_TOKEN },
    body: JSON.stringify([{ message: event, ...metadata, ddsource: "node" }]),
  });
}

async function logEvent(event: string, metadata: Record<string, unknown> = {}) {
  await Promise.all([firstParty(event, metadata), thirdParty(event, metadata)]);
}

async function main() {
  await logEvent("orbit_boot", { cold: true });
  await logEvent("orbit_menu_opened", { items: 3 });
  await logEvent("orbit_crash", { signal: "x" });
}

main();
