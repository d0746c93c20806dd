import type { Report } from "../model/report.ts";
import { type BlockPlan, type ListChoice, planBlockList } from "../render/blocklist/plan.ts";

/**
 * Where each host of the reports goes: blocked, shared with what the tool needs, kept, local, or known at run time
 * only.
 * @param choice what to block; default: all channels, except what the tool breaks without
 */
export function blocklist(reports: Report | readonly Report[], choice: Partial<ListChoice> = {}): BlockPlan {
  const { only = null, keep = "required" } = choice;
  return planBlockList("package" in reports ? [reports] : reports, { only, keep });
}
