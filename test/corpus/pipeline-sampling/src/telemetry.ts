import { remoteValue } from "./remote.js";

const rates = () => remoteValue<Record<string, { rate?: number }>>("orbit_event_rates", {});
const isStopped = (sink: string) => remoteValue<Record<string, boolean>>("orbit_stopped_sinks", {})[sink] === true;

/** Null: all are sent. */
function sampled(name: string): number | null {
  const rate = rates()[name]?.rate;
  if (typeof rate !== "number" || rate >= 1) return null;
  return Math.random() < rate ? rate : 0;
}

async function send(event: string, metadata: object) {
  if (isStopped("events")) return;
  await fetch("https://events.orbitcli.dev/v1/track", { method: "POST", body: JSON.stringify({ event, metadata }) });
}

export async function logEvent(event: string, metadata: object = {}) {
  const rate = sampled(event);
  if (rate === 0) return;
  await send(event, rate === null ? metadata : { ...metadata, sample_rate: rate });
}
