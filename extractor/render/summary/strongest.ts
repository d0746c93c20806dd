import type { Endpoint, Report } from "../../model/report.ts";
import type { ReportingRow, StrongestSwitch } from "../../model/summary.ts";
import { eventsByEndpoint } from "./reporting.ts";
import { type Reach, settingKey, wholeGates } from "./silencers.ts";

/** The switch that stops most of what reports on the user; null where none stops a whole destination. */
export function strongestSwitch(
  report: Report,
  rows: readonly ReportingRow[],
  reaches: ReadonlyMap<string, Reach>,
): StrongestSwitch | null {
  const stopped = (key: string) => rows.filter(({ stoppedBy }) => stoppedBy.some((one) => settingKey(one) === key));
  const [best] = [...reaches]
    .map(([key, reach]) => ({ key, reach, rows: stopped(key) }))
    .filter(({ rows }) => rows.length > 0)
    .sort(
      (a, b) =>
        Number(a.reach.isDrastic) - Number(b.reach.isDrastic) ||
        eventsOf(b.rows) - eventsOf(a.rows) ||
        b.rows.length - a.rows.length ||
        b.reach.endpoints - a.reach.endpoints ||
        (a.key < b.key ? -1 : 1),
    );
  if (best === undefined) return null;
  return {
    ...best.reach.setting,
    endpoints: best.reach.endpoints,
    events: eventsStopped(report, best.key),
    leaves: rows.flatMap((row, index) => (best.rows.includes(row) ? [] : [index])),
  };
}

const eventsOf = (rows: readonly ReportingRow[]): number => rows.reduce((sum, { events }) => sum + events, 0);

/** Events that a switch silences themselves, or all of whose destinations it silences. */
function eventsStopped(report: Report, key: string): number {
  const shut = (one: Pick<Endpoint, "gates">) => wholeGates(one, "silences").some((gate) => settingKey(gate) === key);
  const carriers = eventsByEndpoint(report);
  const closed = new Set(report.endpoints.filter((e) => carriers.has(e.id) && shut(e)).map(({ id }) => id));
  return report.events.filter(
    (event) => shut(event) || (event.pipelines.length > 0 && event.pipelines.every((id) => closed.has(id))),
  ).length;
}
