import { grouped } from "../model/group.ts";
import { hostName, spelledAuthority } from "../model/host.ts";
import type { Endpoint, TelemetryEvent } from "../model/report.ts";
import type { Signatures } from "../model/signatures/signature.ts";
import { FALLBACK_CHANNEL } from "./channel.ts";

/** What the collector of a vendor nobody knows is for. */
const CHANNEL = "product-analytics";

/** A host that no rule knows and that gets events and nothing else is a collector of events. */
export function withEventHosts(
  endpoints: readonly Endpoint[],
  events: readonly TelemetryEvent[],
  { channels, dataClasses }: Signatures,
): Endpoint[] {
  const channel = channels.find(({ id }) => id === CHANNEL);
  const carriers = new Set(events.flatMap(({ pipelines }) => pipelines));
  const byHost = grouped(endpoints, ({ url }) => hostOf(url) ?? "");
  return endpoints.map((endpoint) => {
    const host = hostOf(endpoint.url);
    const isKnown = endpoint.channel !== FALLBACK_CHANNEL || endpoint.vendor !== null;
    if (isKnown || channel === undefined || host === null || !carriers.has(endpoint.id)) return endpoint;
    if (!byHost.get(host)!.every(({ id, kind }) => carriers.has(id) || kind === "browser")) return endpoint;
    const carried = new Set([...endpoint.dataClasses, ...(channel.dataClasses ?? [])]);
    return {
      ...endpoint,
      channel: CHANNEL,
      dataClasses: dataClasses.map(({ id }) => id).filter((id) => carried.has(id)),
      ifBlocked: { ...channel.ifBlocked },
    };
  });
}

function hostOf(url: string): string | null {
  const authority = spelledAuthority(url);
  return authority === null ? null : hostName(authority);
}
