interface Queued {
  event_name: string;
  event_metadata: Record<string, unknown>;
}

const queue: Queued[] = [];
let timer: NodeJS.Timeout | undefined;

export function logEvent(name: string, metadata: Record<string, unknown> = {}) {
  queue.push({ event_name: name, event_metadata: metadata });
  timer ??= setTimeout(() => void flush(), 5000);
}

export async function flush() {
  clearTimeout(timer);
  timer = undefined;
  while (queue.length > 0) await sendBatch(queue.splice(0, 20));
}

async function sendBatch(events: Queued[]) {
  const payload = { events: events.map((event) => ({ type: "event", ...event, platform: process.platform })) };
  await fetch("https://events.orbitcli.dev/api/batch", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Service": "orbit" },
    body: JSON.stringify(payload),
  });
}
