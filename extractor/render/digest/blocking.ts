import type { Report } from "../../model/report.ts";
import type { BlockingAdvice } from "../../model/summary.ts";
import { type PlannedHost, planBlockList, TELEMETRY_CHANNELS } from "../blocklist/plan.ts";

/** Which hosts a list of names can stop, and which of those that report on the user it must leave alone. */
export function blockingAdvice(report: Report): BlockingAdvice {
  const { blocked, shared } = planBlockList([report], { only: TELEMETRY_CHANNELS, keep: "nothing" });
  return {
    names: blocked.map(({ host }) => host),
    not: shared.map((host) => ({ host: host.host, why: whyNot(host) })),
  };
}

function whyNot({ wanted, isShared }: PlannedHost): BlockingAdvice["not"][number]["why"] {
  if (wanted.some(({ channel }) => channel === "model-api")) return "model";
  return isShared ? "shared" : "needed";
}
