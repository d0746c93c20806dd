import { toJson } from "../json.ts";
import type { BlockPlan } from "./plan.ts";
import { blockListHead, blockListTail, loss } from "./words.ts";

/** A rule group for Little Snitch (.lsrules). */
export function renderLittleSnitch(plan: BlockPlan): string {
  return toJson({
    name: `${plan.packages.join(", ")}: unwanted traffic`,
    description: [...blockListHead(plan), ...blockListTail(plan)].join("\n"),
    rules: plan.blocked.map((one) => ({
      action: "deny",
      direction: "outgoing",
      process: "any",
      ...(one.kind === "name" ? { "remote-hosts": one.host } : { "remote-addresses": one.host.replace(/[[\]]/g, "") }),
      notes: loss(one),
    })),
  });
}
