import type { Findings } from "../model/finding.ts";
import type { Pipeline, TelemetryEvent } from "../model/report.ts";
import { compareText, sortedUnique } from "./order.ts";

/**
 * Endpoints that carry events: how many, which names they let through, what stands around them in the body.
 * @param carriers ids of endpoints by the `ref` of the requests that make them
 */
export function foldPipelines(
  { requests, allowLists = [] }: Findings,
  events: readonly TelemetryEvent[],
  carriers: ReadonlyMap<number, readonly string[]>,
): Pipeline[] {
  const sent = new Set(events.map(({ name }) => name));
  const fieldsOf = (id: string) =>
    sortedUnique(
      requests.flatMap(({ ref, bodyFields }) =>
        ref !== undefined && carriers.get(ref)?.includes(id) ? bodyFields : [],
      ),
    );
  const listOf = (id: string) =>
    sortedUnique(allowLists.flatMap(({ carrier, names }) => (carriers.get(carrier)?.includes(id) ? names : [])));
  return sortedUnique(events.flatMap(({ pipelines }) => pipelines))
    .map((endpoint): Pipeline => {
      const names = listOf(endpoint);
      const own = events.filter(({ pipelines }) => pipelines.includes(endpoint));
      return {
        endpoint,
        events: own.length,
        ...(names.length > 0
          ? { allowList: { names: names.length, neverSent: names.filter((name) => !sent.has(name)) } }
          : {}),
        envelope: fieldsOf(endpoint),
      };
    })
    .sort((a, b) => compareText(a.endpoint, b.endpoint));
}
