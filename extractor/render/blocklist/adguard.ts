import { exceptions, renderLines } from "./lines.ts";
import type { BlockPlan } from "./plan.ts";

/** AdGuard and uBlock Origin. A rule covers what is below its name, so what must stay there is excepted. */
export const renderAdguard = (plan: BlockPlan): string =>
  renderLines(plan, {
    comment: "!",
    howto: ["AdGuard Home, AdGuard and uBlock Origin: add the file as a filter list."],
    entry: ({ host, kind }) => (kind === "ipv6" ? null : `||${host}^`),
    rules: (all) => exceptions(all).map((host) => `@@||${host}^`),
  });
