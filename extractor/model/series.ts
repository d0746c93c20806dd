import type { Method } from "./report.ts";

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
  credentials: number;
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
