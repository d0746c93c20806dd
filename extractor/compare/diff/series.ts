import { hostNames } from "../../model/host.ts";
import type { Report } from "../../model/report.ts";
import {
  type Lifespan,
  SERIES_SCHEMA_VERSION,
  type Series,
  type SeriesPipeline,
  type SeriesVersion,
} from "../../model/series.ts";
import { foldHoles } from "../../model/template.ts";
import { byText } from "./changes.ts";

/** Collects one version after the other, the oldest first, and keeps no report. */
export class SeriesBuilder {
  #name = "";
  #tool: string | null = null;
  readonly #versions: SeriesVersion[] = [];
  readonly #endpoints = new Map<string, Omit<Lifespan, "current">>();
  readonly #hosts = new Map<string, { host: string; first: string; last: string }>();
  readonly #events = new Map<string, { name: string; first: string; last: string }>();

  add(report: Report): void {
    const { name, version } = report.package;
    const hosts = hostNames(report.endpoints);
    this.#name = name;
    this.#tool = report.tool;
    this.#versions.push({
      version,
      hosts: hosts.length,
      endpoints: report.endpoints.length,
      events: report.events.length,
      fields: new Set(report.events.flatMap(({ fields }) => fields)).size,
      credentials: report.credentials.length,
      pipelines: pipelinesOf(report),
    });
    for (const { method, url } of report.endpoints)
      seen(this.#endpoints, `${method} ${foldHoles(url)}`, { method, url }, version);
    for (const host of hosts) seen(this.#hosts, host, { host }, version);
    for (const event of report.events) seen(this.#events, foldHoles(event.name), { name: event.name }, version);
  }

  finish(): Series {
    const newest = this.#versions.at(-1)?.version;
    return {
      schemaVersion: SERIES_SCHEMA_VERSION,
      name: this.#name,
      tool: this.#tool,
      versions: this.#versions,
      endpoints: [...this.#endpoints.values()]
        .map((one) => ({ ...one, current: one.last === newest }))
        .sort(byText(({ method, url }) => `${url} ${method}`)),
      hosts: [...this.#hosts.values()].sort(byText(({ host }) => host)),
      events: [...this.#events.values()].sort(byText(({ name }) => name)),
    };
  }
}

function pipelinesOf({ pipelines = [], endpoints }: Report): SeriesPipeline[] {
  return pipelines
    .flatMap(({ endpoint, events, dimensions, batchSize, interval, queueSize }) => {
      const carrier = endpoints.find(({ id }) => id === endpoint);
      if (carrier === undefined) return [];
      const { method, url } = carrier;
      return [
        {
          method,
          url,
          events,
          dimensions: dimensions?.count ?? 0,
          ...(batchSize && { batchSize }),
          ...(interval && { interval }),
          ...(queueSize && { queueSize }),
        },
      ];
    })
    .sort((a, b) => b.events - a.events);
}

function seen<T>(rows: Map<string, T & { first: string; last: string }>, key: string, item: T, version: string): void {
  const known = rows.get(key);
  if (known) known.last = version;
  else rows.set(key, { ...item, first: version, last: version });
}
