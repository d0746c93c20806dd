import { renderLines } from "./lines.ts";
import type { BlockPlan } from "./plan.ts";

/** One name on a line. */
export const renderDomains = (plan: BlockPlan): string =>
  renderLines(plan, {
    comment: "#",
    howto: ["One name on a line, each meaning itself and not what is below it."],
    entry: ({ host, kind }) => (kind === "name" ? host : null),
  });
