enum EventName {
  Started = "orbit_started",
  Stopped = "orbit_stopped",
}

const Metric = { Latency: "orbit_latency", Errors: "orbit_errors" } as const;

async function emit(type: string, attributes: Record<string, unknown>) {
  await fetch("https://events.orbitcli.dev/v3/emit", { method: "PUT", body: JSON.stringify({ type, attributes }) });
}

function nameFor(kind: string) {
  switch (kind) {
    case "crash":
      return "orbit_exit_crash";
    case "signal":
      return "orbit_exit_signal";
    default:
      return "orbit_exit_clean";
  }
}

async function main() {
  await emit(EventName.Started, { pid: process.pid });
  await emit(Metric.Latency, { value_ms: 4 });
  for (const kind of process.argv.slice(2)) await emit(nameFor(kind), { exit_code: 0 });
  await emit(EventName.Stopped, {});
}

main();
