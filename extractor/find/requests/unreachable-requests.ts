import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Locate } from "../calls/evidence.ts";
import { unreachableFunctions } from "../calls/unreachable.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import type { RequestSite } from "./carried-by.ts";
import { sampleFiles } from "./sample-files.ts";

/**
 * Why no running code makes a request, of those that none makes: on each way to it stands a function that nothing
 * calls, or a file of examples that nothing loads.
 */
export function deadRequests(
  ev: Questions,
  sites: readonly RequestSite[],
  locate: Locate,
): ReadonlyMap<UngatedRequest, string> {
  const deadAt = unreachableFunctions(ev, new Set(sites.flatMap(({ call, path }) => [call, ...path])));
  const samples = sampleFiles(ev.program);
  const live = new Set<UngatedRequest>();
  const dead = new Map<UngatedRequest, string>();
  for (const { request, call, path } of sites) {
    const sample = [call, ...path].find(({ unit }) => samples.has(unit.file));
    if (sample !== undefined) {
      dead.set(request, `nothing loads ${sample.unit.file}`);
      continue;
    }
    const f = [call, ...path].map(deadAt).find((found) => found !== null) ?? null;
    if (f === null) {
      live.add(request);
      continue;
    }
    const { line, column } = locate(f.unit.file, f.at);
    dead.set(request, `nothing calls ${f.name || "the function"} at ${f.unit.file}:${line}:${column}`);
  }
  for (const request of live) dead.delete(request);
  return dead;
}
