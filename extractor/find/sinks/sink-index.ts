import type { Brand, Sink, SinkTable } from "../../model/signature.ts";

/** The sink tables by what is called, the way the evaluator names native things. */
export interface SinkIndex {
  /** `fetch`, `new WebSocket`, `axios#post` */
  byCallee: Map<string, FoundSink>;
  /** `*.post`, by member. */
  byMember: Map<string, FoundSink>;
  /** Last names of all callees: other calls need no look. */
  members: Set<string>;
  /** Modules and clients whose members are sinks: `axios#`. */
  clients: Set<string>;
  /** First names of the callees that are globals. */
  globals: Set<string>;
  makers: Map<string, string>;
  brands: Brand[];
}

export interface FoundSink {
  table: SinkTable;
  sink: Sink;
}

export function indexSinks(tables: readonly SinkTable[]): SinkIndex {
  const index: SinkIndex = {
    byCallee: new Map(),
    byMember: new Map(),
    members: new Set(),
    clients: new Set(),
    globals: new Set(),
    makers: new Map(),
    brands: tables.flatMap((t) => t.brands ?? []),
  };
  for (const table of tables) {
    for (const sink of table.sinks) {
      if (sink.address) continue;
      const name = sink.callee.replace(/^.*[.#]/, "");
      if (name !== "") index.members.add(name);
      if (sink.callee.startsWith("*.")) index.byMember.set(name, { table, sink });
      else index.byCallee.set(sink.construct ? `new ${sink.callee}` : sink.callee, { table, sink });
      if (/#./.test(sink.callee)) index.clients.add(sink.callee.replace(/#.*$/, "#"));
      if (!sink.callee.includes("#")) index.globals.add(sink.callee);
    }
    for (const { callee, makes } of table.makers ?? []) index.makers.set(callee, makes);
  }
  return index;
}
