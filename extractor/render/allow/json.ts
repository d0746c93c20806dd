import { addresses, addressesOn } from "../blocklist/words.ts";
import { toJson } from "../json.ts";
import type { AllowListRender } from "./form.ts";
import type { AllowedHost } from "./plan.ts";
import { warnings, why } from "./words.ts";

/** Everything the other forms say, for programs. */
export const renderAllowJson: AllowListRender = (plan, sandbox) =>
  toJson({
    schemaVersion: 1,
    packages: plan.packages,
    choice: plan.choice,
    allow: plan.hosts.map(row),
    left: plan.left.map(row),
    local: plan.local,
    unfit: plan.unfit,
    open: plan.open.map(({ source, isServers, endpoints }) => ({ source, isServers, endpoints: addresses(endpoints) })),
    warnings: warnings(plan, sandbox),
  });

const row = (host: AllowedHost) => ({
  host: host.pattern,
  need: host.need,
  reason: why(host),
  ports: host.ports,
  channels: [...new Set([...host.wanted, ...host.unwanted].map(({ channel }) => channel))].sort(),
  allowPaths: addressesOn(host.pattern, host.wanted),
  denyPaths: addressesOn(host.pattern, host.unwanted),
  movedBy: host.movedBy,
  chosenBy: host.chosenBy,
});
