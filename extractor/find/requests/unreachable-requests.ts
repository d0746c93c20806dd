import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Locate } from "../calls/evidence.ts";
import { unreachableFunctions } from "../calls/unreachable.ts";
import type { RequestSite } from "./carried-by.ts";

/** Says of each request that no running code makes why that is so: on each way to it stands a function that nothing calls. */
export function markUnreachable(ev: Evaluator, sites: readonly RequestSite[], locate: Locate): void {
  const deadAt = unreachableFunctions(ev, new Set(sites.flatMap(({ call, path }) => [call, ...path])));
  const live = new Set<RequestSite["request"]>();
  for (const { request, call, path } of sites) {
    const f = [call, ...path].map(deadAt).find((dead) => dead !== null);
    if (f === undefined || f === null) {
      live.add(request);
      continue;
    }
    const { line, column } = locate(f.unit.file, f.at);
    request.dead = `nothing calls ${f.name || "the function"} at ${f.unit.file}:${line}:${column}`;
  }
  for (const request of live) delete request.dead;
}
