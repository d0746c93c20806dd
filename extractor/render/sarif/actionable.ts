import { hostNames } from "../../model/host.ts";
import type { Endpoint, Report } from "../../model/report.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";

/** What somebody would act on: telemetry and hosts that nobody knows, and keys; events are told by where they go. */
export const actionable = (report: Report): Report => ({
  ...report,
  endpoints: report.endpoints.filter(isActionable),
  events: [],
});

const isActionable = (endpoint: Endpoint): boolean =>
  endpoint.apart === undefined && (TELEMETRY_CHANNELS.includes(endpoint.channel) || hostNames([endpoint]).length === 0);
