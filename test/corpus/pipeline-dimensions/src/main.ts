import { commonFields, userFields } from "./context.js";

async function logEvent(name: string, metadata: object = {}) {
  const common = await commonFields();
  const event = { event_name: name, event_id: "e-1", metadata, user: userFields(), ...common };
  await fetch("https://events.orbitcli.dev/v1/log", {
    method: "POST",
    body: JSON.stringify({ schema: 3, events: [event] }),
  });
}

async function main() {
  await logEvent("orbit_opened", { cold: true });
  await logEvent("orbit_listed", { count: 2 });
  await logEvent("orbit_closed");
}

main();
