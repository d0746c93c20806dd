import type { Method } from "../model/report.ts";
import type { Sink, SinkTable } from "../model/signatures/sink.ts";

/** Sinks as the files write them, several in one row. */
export interface SinkRow extends Omit<Sink, "callee" | "method"> {
  callee: string | string[];
  method?: Sink["method"];
  /** Members of the callee, and the method that each sends. */
  verbs?: Record<string, Method>;
  /** Members of the callee, and `METHOD /path` of each, as `Sink.url.path` writes it. */
  routes?: Record<string, string>;
}

export type SinkFile = Omit<SinkTable, "sinks"> & { sinks: SinkRow[] };

/** A file's rows -> a sink for each callee, member and route. */
export const sinkTable = ({ sinks, ...rest }: SinkFile): SinkTable => ({ ...rest, sinks: sinks.flatMap(sinksOf) });

function sinksOf({ callee, method, verbs, routes, ...rest }: SinkRow): Sink[] {
  return [callee].flat().flatMap((name): Sink[] => [
    ...(method === undefined ? [] : [{ ...rest, callee: name, method }]),
    ...Object.entries(verbs ?? {}).map(([member, verb]) => ({ ...rest, callee: memberOf(name, member), method: verb })),
    ...Object.entries(routes ?? {}).map(([member, route]) => {
      const [verb, path] = route.split(" ") as [Method, string];
      return { ...rest, callee: memberOf(name, member), method: verb, url: { ...rest.url, path } };
    }),
  ]);
}

/** `axios#` and `get` -> `axios#get`; `client#users` and `list` -> `client#users.list` */
const memberOf = (callee: string, member: string): string =>
  callee.endsWith("#") ? callee + member : `${callee}.${member}`;
