import type { Endpoint, Gate, Report, TelemetryEvent } from "../../model/report.ts";
import { isOn } from "./dormancy.ts";

/** What a report's package still sends where variables are set so; variables not named are not judged. */
export function remaining(report: Report, environment: ReadonlyMap<string, string>): Report {
  const open = ({ gates }: Endpoint | TelemetryEvent) => !gates.some((gate) => isShut(gate, environment));
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
    stats: { ...report.stats, endpoints: endpoints.length, events: events.length },
  };
}

function isShut({ kind, name, effect, ways }: Gate, environment: ReadonlyMap<string, string>): boolean {
  if (kind !== "env" || ways !== undefined || !environment.has(name)) return false;
  return isOn(environment.get(name)) === (effect === "silences") && effect !== "redirects";
}
