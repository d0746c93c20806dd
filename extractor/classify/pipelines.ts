import type { Findings, PipelineFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { DimensionGroup, Pipeline, PipelineFlag, Setting, TelemetryEvent } from "../model/report.ts";
import { printTemplate } from "../model/template.ts";
import { compareText, sortedUnique } from "./order.ts";

/**
 * Endpoints that carry events: how many, which names they let through, what stands around them in the body.
 * @param carriers ids of endpoints by the `ref` of the requests that make them
 */
export function foldPipelines(
  { requests, allowLists = [], pipelines = [] }: Findings,
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
        ...traits(pipelines.filter(({ carrier }) => carriers.get(carrier)?.includes(endpoint))),
      };
    })
    .sort((a, b) => compareText(a.endpoint, b.endpoint));
}

/** What is known of how the requests of one endpoint carry events. */
function traits(found: readonly PipelineFinding[]): Partial<Pipeline> {
  const groups = dimensionGroups(found.flatMap(({ dimensions }) => dimensions));
  const settings = {
    batchSize: joined(found.flatMap(({ batchSize }) => batchSize)),
    interval: joined(found.flatMap(({ interval }) => interval)),
    queueSize: joined(found.flatMap(({ queueSize }) => queueSize)),
  };
  const flags = [
    ...grouped(
      found.flatMap((one) => one.flags),
      ({ name }) => name,
    ),
  ]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, same]): PipelineFlag => {
      return { name, role: same.some(({ role }) => role === "sampling") ? "sampling" : "switch" };
    });
  const spool = sortedUnique(found.flatMap((one) => one.spool.map(printTemplate)));
  return {
    ...(groups.length > 0 ? { dimensions: { count: groups.reduce((n, g) => n + g.fields.length, 0), groups } } : {}),
    ...Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== null)),
    ...(flags.length > 0 ? { flags } : {}),
    ...(spool.length > 0 ? { spool } : {}),
  };
}

const dimensionGroups = (all: readonly DimensionGroup[]): DimensionGroup[] =>
  [...grouped(all, ({ path }) => path)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, same]) => ({ path, fields: sortedUnique(same.flatMap(({ fields }) => fields)) }));

function joined(all: readonly Setting[]): Setting | null {
  if (all.length === 0) return null;
  const names = (of: (setting: Setting) => string[]) => sortedUnique(all.flatMap(of));
  return {
    values: [...new Set(all.flatMap(({ values }) => values))].sort((a, b) => a - b),
    env: names(({ env }) => env),
    config: names(({ config }) => config),
    flags: names(({ flags }) => flags),
  };
}
