import { type DiagnosticKind, isPartial } from "../../model/diagnostic.ts";
import type { Report } from "../../model/report.ts";
import { TELEMETRY_CHANNELS } from "../blocklist/plan.ts";
import { count } from "../count.ts";
import { cutSummary } from "../cut-words.ts";
import { endpointHost } from "./reporting.ts";

/** What a person can do something with; the rest of the diagnostics stands at the end of the report. */
const WORDS: readonly [DiagnosticKind, (n: number) => string][] = [
  ["program-downloaded", () => "the program itself is downloaded, and was not read"],
  ["platform-unread", (n) => `${count(n, "platform package")} not read (--platform reads it)`],
  ["container-unsupported", (n) => `${count(n, "binary")} not read`],
  ["container-corrupt", (n) => `${count(n, "damaged archive")} not read`],
  ["parse-error", (n) => `${count(n, "statement")} not understood`],
  ["obfuscated", (n) => `${count(n, "place")} where an obfuscator hides texts`],
  ["code-in-text", (n) => `${count(n, "piece")} of code put together at run time`],
  ["sink-unresolved", (n) => `${count(n, "call")} to unknown addresses`],
  ["event-unresolved", (n) => `${count(n, "event")} with an unknown name`],
  ["rpc-uncalled", (n) => `${count(n, "method")} of clients that no call was seen for`],
];

/** What this report does not know, the worst first. */
export function uncertainties(report: Report): string[] {
  const counts = new Map(report.diagnostics.map(({ kind, count }) => [kind, count]));
  const open = report.endpoints.filter(
    (endpoint) => TELEMETRY_CHANNELS.includes(endpoint.channel) && /[{}]/.test(endpointHost(endpoint)),
  ).length;
  const cut = cutSummary(report);
  const unsent = report.events.filter(({ pipelines }) => pipelines.length === 0).length;
  return [
    ...(isPartial(report) ? ["cut short by time or memory: there is more than this"] : []),
    ...(open > 0 ? [`${count(open, "telemetry address")} on a host known only at run time`] : []),
    ...(unsent > 0 ? [`${count(unsent, "event")} whose destination was not found`] : []),
    ...(cut === null ? [] : [cut]),
    ...WORDS.flatMap(([kind, words]) => (counts.has(kind) ? [words(counts.get(kind)!)] : [])),
  ];
}
