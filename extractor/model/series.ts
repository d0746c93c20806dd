import type { Method, Pipeline } from "./report.ts";

export const SERIES_SCHEMA_VERSION = 1;

/** One tool over its versions, the oldest first. */
export interface Series {
  schemaVersion: typeof SERIES_SCHEMA_VERSION;
  name: string;
  tool: string | null;
  versions: SeriesVersion[];
  /** Every endpoint that was ever there; sorted by URL. */
  endpoints: Lifespan[];
  hosts: { host: string; first: string; last: string }[];
  events: { name: string; first: string; last: string }[];
}

export interface SeriesVersion {
  version: string;
  hosts: number;
  endpoints: number;
  events: number;
  /** Different names of fields given with events. */
  fields: number;
  credentials: number;
  /** Requests that carry events, the one with most events first. */
  pipelines: SeriesPipeline[];
}

export interface SeriesPipeline extends Pick<Pipeline, "events" | "batchSize" | "interval" | "queueSize"> {
  method: Method;
  url: string;
  /** Fields that go with every event. */
  dimensions: number;
}

/** From the first to the last version that has it. */
export interface Lifespan {
  method: Method;
  url: string;
  first: string;
  last: string;
  /** In the newest version of the series. */
  current: boolean;
}
