import { toJson } from "../json.ts";
import type { GateMatrix } from "./matrix.ts";

export const renderGatesJson = ({ switches, ungated }: GateMatrix): string =>
  toJson({
    switches: switches.map(({ kind, name, endpoints, events }) => ({
      kind,
      name,
      endpoints: endpoints.map(({ endpoint: { id, method, url }, ...effect }) => ({ id, method, url, ...effect })),
      events,
    })),
    ungated: ungated.map(({ id, method, url }) => ({ id, method, url })),
  });
