import { hostNames } from "../../model/host.ts";
import type { Endpoint, Gate, GateKind, Report, TelemetryEvent } from "../../model/report.ts";
import { takesEffect } from "../../model/switches/gates.ts";

/** Values of variables, settings and remote flags, by name: those of JSON as they are written there. */
export type Settings = Partial<Record<GateKind, ReadonlyMap<string, string>>>;

/** What a report's package still sends where switches are set so; switches not named are not judged. */
export function remaining(report: Report, settings: Settings): Report {
  const open = ({ gates }: Endpoint | TelemetryEvent) => !gates.some((gate) => isShut(gate, settings));
  const endpoints = report.endpoints.filter(open);
  const ids = new Set(endpoints.map(({ id }) => id));
  const events = report.events
    .filter((event) => open(event) && (event.pipelines.length === 0 || event.pipelines.some((id) => ids.has(id))))
    .map((event) => ({ ...event, pipelines: event.pipelines.filter((id) => ids.has(id)) }));
  return {
    ...report,
    endpoints,
    events,
    ...(report.pipelines ? { pipelines: report.pipelines.filter(({ endpoint }) => ids.has(endpoint)) } : {}),
    environment: report.environment.map((variable) => ({
      ...variable,
      influences: variable.influences.filter((id) => ids.has(id)),
    })),
    stats: { ...report.stats, endpoints: endpoints.length, hosts: hostNames(endpoints).length, events: events.length },
  };
}

function isShut(gate: Gate, settings: Settings): boolean {
  const set = settings[gate.kind];
  if (gate.ways !== undefined || gate.effect === "redirects" || !set?.has(gate.name)) return false;
  return takesEffect(gate, set.get(gate.name)) === (gate.effect === "silences");
}
