import type { Report } from "../../model/report.ts";
import type { KeyRow, Summary } from "../../model/summary.ts";
import { blockingAdvice } from "./blocking.ts";
import { contentRows } from "./content.ts";
import { endpointHost, reportingRows } from "./reporting.ts";
import { reachOfSwitches } from "./silencers.ts";
import { strongestSetting } from "./strongest.ts";
import { uncertainties } from "./uncertain.ts";

/** Pure: what a reader wants to know of a report first. */
export function summaryOf(report: Report): Summary {
  const reaches = reachOfSwitches(report);
  const reports = reportingRows(report, reaches);
  return {
    reports,
    content: contentRows(report, reaches),
    keys: keyRows(report),
    strongest: strongestSetting(report, reports),
    blocking: blockingAdvice(report),
    uncertain: uncertainties(report),
  };
}

/** Those that a request was seen to carry first. */
const keyRows = ({ credentials, endpoints }: Report): KeyRow[] =>
  credentials
    .map(({ sha256 }) => {
      const carriers = endpoints.filter((endpoint) => endpoint.credentials.includes(sha256));
      return { sha256, hosts: [...new Set(carriers.map(endpointHost))] };
    })
    .sort((a, b) => Number(b.hosts.length > 0) - Number(a.hosts.length > 0));
