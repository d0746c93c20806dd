import { EventEmitter } from "node:events";

interface Telemetry {
  name: string;
  fields: Record<string, unknown>;
}

const bus = new EventEmitter();
const pending: Promise<unknown>[] = [];

bus.on("telemetry", ({ name, fields }: Telemetry) => {
  pending.push(
    fetch("https://events.orbitcli.dev/v1/bus", { method: "POST", body: JSON.stringify({ name, fields }) }),
  );
});
bus.on("log", (line: string) => console.log(line));

function record(name: string, fields: Record<string, unknown> = {}) {
  bus.emit("telemetry", { name, fields });
}

record("orbit_bus_opened", { listeners: bus.listenerCount("telemetry") });
bus.emit("log", "orbit_bus_logged");
bus.emit("telemetry", { name: "orbit_bus_direct", fields: { direct: true } });
Promise.all(pending);
