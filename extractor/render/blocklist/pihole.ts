import { renderLines } from "./lines.ts";
import type { BlockPlan } from "./plan.ts";

/** A list that gravity reads: exact names. */
export const renderPihole = (plan: BlockPlan): string =>
  renderLines(plan, {
    comment: "#",
    howto: ["Pi-hole: add the file's address under Lists, then update gravity."],
    entry: ({ host, kind }) => (kind === "name" ? host : null),
  });
