import { exceptions, renderLines } from "./lines.ts";
import type { BlockPlan } from "./plan.ts";

/**
 * Names answered with "no such name". An entry covers what is below it, so what must stay there goes to the usual
 * servers.
 */
export const renderDnsmasq = (plan: BlockPlan): string =>
  renderLines(plan, {
    comment: "#",
    howto: ["Put into /etc/dnsmasq.d/ and restart dnsmasq."],
    entry: ({ host, kind }) => (kind === "name" ? `address=/${host}/` : null),
    rules: (all) => exceptions(all).map((host) => `server=/${host}/#`),
  });
