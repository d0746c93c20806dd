import { BatchProcessor } from "@acme/batching";
import { loadSettings, setting } from "./settings.js";

interface Logged {
  event_name: string;
  metadata: object;
}

class HttpExporter {
  async export(events: Logged[]) {
    await fetch("https://events.orbitcli.dev/v2/logs", { method: "POST", body: JSON.stringify({ events }) });
  }
}

interface Batching {
  delay?: number;
  size?: number;
}

let processor: BatchProcessor<Logged>;

function start() {
  const batching = setting<Batching>("orbit_batch_config", {});
  const delay = batching.delay || Number.parseInt(process.env.ORBIT_EXPORT_INTERVAL || "10000", 10);
  processor = new BatchProcessor(new HttpExporter(), {
    scheduledDelayMillis: delay,
    maxExportBatchSize: batching.size || 200,
    maxQueueSize: 4096,
  });
}

const logEvent = (name: string, metadata: object = {}) => processor.onEmit({ event_name: name, metadata });

async function main() {
  await loadSettings();
  start();
  logEvent("orbit_started", { theme: setting("orbit_theme_name", "dark") });
  if (setting("orbit_new_menu", true)) logEvent("orbit_menu_opened", { items: 4 });
  logEvent("orbit_finished");
  await processor.forceFlush();
}

main();
