import { renderLines } from "./lines.ts";
import type { BlockPlan } from "./plan.ts";

/** hosts(5), for IPv4 and IPv6. */
export const renderHosts = (plan: BlockPlan): string =>
  renderLines(plan, {
    comment: "#",
    howto: ["Append to /etc/hosts."],
    entry: ({ host, kind }) => (kind === "name" ? `0.0.0.0 ${host}\n:: ${host}` : null),
  });
