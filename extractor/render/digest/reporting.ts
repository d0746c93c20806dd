import { grouped } from "../../model/group.ts";
import { hostName } from "../../model/host.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import type { ReportingRow } from "../../model/summary.ts";
import { wholeGates } from "../../model/switches/gates.ts";
import { splitAddress } from "../address.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { byGentleness, type Reach, settingKey, settingOf, sharedSettings } from "./silencers.ts";

/** They tell a service who asks, and the answer decides what else is sent. */
const FLAGS = "feature-flags";
const CHANNELS = [...TELEMETRY_CHANNELS, FLAGS];

/** Destinations of what is told about the user: one with events stands alone, the others by channel and host. */
export function reportingRows(report: Report, reaches: ReadonlyMap<string, Reach>): ReportingRow[] {
  const events = eventsByEndpoint(report);
  const telling = report.endpoints.filter(
    ({ id, channel, kind }) => kind !== "browser" && (CHANNELS.includes(channel) || events.has(id)),
  );
  const groups = grouped(telling, (endpoint) =>
    events.has(endpoint.id) && !isCollector(endpoint)
      ? endpoint.id
      : `${endpoint.channel} ${endpointHost(endpoint)} ${wholeGates(endpoint, "silences").map(settingKey).sort().join()}`,
  );
  return [...groups.values()]
    .map((endpoints) => rowOf(endpoints, events, reaches))
    .sort((a, b) => b.events - a.events || rank(a) - rank(b) || (a.address < b.address ? -1 : 1));
}

/** One collector takes logs, metrics and traces on three paths. */
const isCollector = ({ channel }: Endpoint): boolean => channel === "opentelemetry";

const rank = ({ channel, address }: ReportingRow): number =>
  CHANNELS.indexOf(channel) + (/^(?:localhost|127\.0\.0\.1)\b/.test(address) ? CHANNELS.length : 0);

function rowOf(
  endpoints: readonly Endpoint[],
  events: ReadonlyMap<string, ReadonlySet<string>>,
  reaches: ReadonlyMap<string, Reach>,
): ReportingRow {
  const names = (id: string) => events.get(id)?.size ?? 0;
  const [first] = [...endpoints].sort(
    (a, b) => names(b.id) - names(a.id) || Number(b.method === "POST") - Number(a.method === "POST"),
  );
  const { host, path } = splitAddress(first!.url);
  const stoppedBy = sharedSettings(endpoints, "silences").sort(byGentleness(reaches));
  const whole = new Set(stoppedBy.map(settingKey));
  const partly = new Map(
    endpoints
      .flatMap(({ gates }) => gates.filter(({ effect, kind }) => effect === "silences" && kind !== "flag"))
      .filter((gate) => !whole.has(settingKey(gate)))
      .map((gate) => [settingKey(gate), settingOf(gate)]),
  );
  return {
    channel: first!.channel,
    endpoints: [first!, ...endpoints.filter((endpoint) => endpoint !== first)].map(({ id }) => id),
    method: first!.method,
    address: addressPath(host.replace(/^(?:http|ws):\/\//, "") + path),
    events: new Set(endpoints.flatMap(({ id }) => [...(events.get(id) ?? [])])).size,
    stoppedBy,
    partlyStoppedBy: [...partly.values()].sort(byGentleness(reaches)),
    onlyWith: endpoints.length === 1 ? conditions(first!) : sharedSettings(endpoints, "enables"),
  };
}

const conditions = ({ gates }: Endpoint) =>
  gates.filter(({ effect, ways }) => effect === "enables" && ways === undefined).map(settingOf);

/** `host/path?query` -> `host/path`. A hole may hold a question mark. */
export function addressPath(address: string): string {
  let depth = 0;
  for (let at = 0; at < address.length; at++) {
    const c = address[at]!;
    if (c === "{") depth++;
    else if (c === "}") depth = Math.max(0, depth - 1);
    else if (depth === 0 && (c === "?" || c === "#")) return address.slice(0, at);
  }
  return address;
}

export const endpointHost = ({ url }: Pick<Endpoint, "url">): string =>
  hostName(splitAddress(url).host.replace(/^[a-z][a-z\d+.-]*:\/\//, ""));

/** Names of events by the endpoint they go to. */
function eventsByEndpoint(report: Report): Map<string, Set<string>> {
  const byEndpoint = new Map<string, Set<string>>();
  for (const { name, pipelines } of report.events) {
    for (const id of pipelines) {
      const names = byEndpoint.get(id) ?? new Set();
      byEndpoint.set(id, names.add(name));
    }
  }
  return byEndpoint;
}
