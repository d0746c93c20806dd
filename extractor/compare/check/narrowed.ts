import { hostNames } from "../../model/host.ts";
import type { Endpoint, Report } from "../../model/report.ts";

/** What a reader wants to see of a report. */
export interface Selection {
  /** Channel ids; null for all. */
  channels: readonly string[] | null;
  /** Names with everything below them; null for all. */
  hosts: readonly string[] | null;
  /** Lists to keep; null for all. */
  parts: readonly Part[] | null;
}

export const PARTS = ["endpoints", "events", "keys", "switches", "references"] as const;
export type Part = (typeof PARTS)[number];

/** A report of what was selected: endpoints, and the events, keys and variables that belong to them. */
export function narrowed(report: Report, { channels, hosts, parts }: Selection): Report {
  const isWhole = channels === null && hosts === null;
  const endpoints = report.endpoints.filter(
    (endpoint) =>
      (channels === null || channels.includes(endpoint.channel)) && (hosts === null || isOn(endpoint, hosts)),
  );
  const ids = new Set(endpoints.map(({ id }) => id));
  const keys = new Set(endpoints.flatMap(({ credentials }) => credentials));
  const wants = (part: Part) => parts === null || parts.includes(part);
  const shown = wants("endpoints") ? endpoints : [];
  const events = wants("events")
    ? report.events.filter(({ pipelines }) => isWhole || pipelines.some((id) => ids.has(id)))
    : [];
  return {
    ...report,
    endpoints: shown,
    events,
    ...(report.pipelines && {
      pipelines: wants("events") ? report.pipelines.filter(({ endpoint }) => ids.has(endpoint)) : [],
    }),
    credentials: wants("keys") ? report.credentials.filter(({ sha256 }) => isWhole || keys.has(sha256)) : [],
    environment: wants("switches")
      ? report.environment.flatMap((variable) => {
          const influences = variable.influences.filter((id) => ids.has(id));
          return isWhole || influences.length > 0 ? [{ ...variable, influences }] : [];
        })
      : [],
    references: isWhole && wants("references") ? report.references : [],
    ...(report.dead && { dead: isWhole && wants("endpoints") ? report.dead : [] }),
    stats: { ...report.stats, endpoints: shown.length, hosts: hostNames(shown).length, events: events.length },
  };
}

function isOn(endpoint: Endpoint, hosts: readonly string[]): boolean {
  const names = hostNames([endpoint]);
  return hosts.some((host) => names.some((name) => name === host || name.endsWith(`.${host}`)));
}
