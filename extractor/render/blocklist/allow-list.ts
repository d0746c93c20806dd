import type { Endpoint } from "../../model/report.ts";
import { toJson } from "../json.ts";
import type { BlockPlan, PlannedHost } from "./plan.ts";
import { addresses, addressesOn, reason } from "./words.ts";

/**
 * For sandboxes and container firewalls that allow by name: `allow` is what the tool needs, `block` what it can do
 * without. Hosts in `allow` with a `blockPaths` also get unwanted traffic.
 */
export function renderAllowedHosts({
  packages,
  choice: { only, keep },
  blocked,
  shared,
  kept,
  local,
  unfit,
  open,
}: BlockPlan): string {
  const row = ({ host }: PlannedHost, endpoints: Endpoint[]) => ({
    host,
    channels: [...new Set(endpoints.map(({ channel }) => channel))].sort(),
    reason: reason(endpoints),
  });
  return toJson({
    schemaVersion: 1,
    packages,
    choice: { only, keep },
    allow: [
      ...kept.map((host) => row(host, host.wanted)),
      ...shared.map((host) => ({
        ...row(host, host.wanted),
        allowPaths: addressesOn(host.host, host.wanted),
        blockPaths: addressesOn(host.host, host.unwanted),
      })),
    ].sort((a, b) => (a.host < b.host ? -1 : 1)),
    block: blocked.map((host) => row(host, [...host.unwanted, ...host.wanted])),
    local: local.map(({ host }) => host),
    unfit: unfit.map(({ host, why }) => ({ host, why })),
    open: addresses(open),
  });
}
