import { type Check, FIT_KINDS, type FitKind, type Observed, VERDICTS, type Verdict } from "../../model/check.ts";
import { count } from "../count.ts";

/** What each verdict means, for a heading. */
export const VERDICT_MEANING = {
  unpredicted: "sent, and no template of the report fits",
  "server-supplied": "where it goes was named by a server or a remote flag",
  "user-configured": "the user's settings, environment or own machine",
  predicted: "as the report says",
  "child-process": "sent by a program the tool starts",
  bystander: "sent by another program of the machine",
  "interception-artefact": "made by the recording",
} satisfies Record<Verdict, string>;

/** What a reader must look at first stands first. */
export const READING_ORDER: readonly Verdict[] = [
  "unpredicted",
  ...VERDICTS.filter((verdict) => verdict !== "unpredicted"),
];

export const withVerdict = (check: Check, verdict: Verdict): Observed[] =>
  check.observed.filter((row) => row.verdict === verdict);

const FIT: Record<FitKind, string> = {
  exact: "exactly",
  "any-method": "by host and path, the method unknown",
  "path-holes": "by a path with holes",
  "open-host": "by a path on any host",
};

/**
 * `11 predicted: 10 exactly, 1 by a path with holes`; empty where nothing was predicted, or an older version checked.
 */
function predictedBy({ predicted }: Check["summary"]): string {
  const counts = FIT_KINDS.map((kind) => [kind, predicted?.[kind] ?? 0] as const).filter(([, times]) => times > 0);
  const all = counts.reduce((sum, [, times]) => sum + times, 0);
  return all === 0 ? "" : `${all} predicted: ${counts.map(([kind, times]) => `${times} ${FIT[kind]}`).join(", ")}`;
}

/** How little a template said, where it isn't all; empty else. */
export function vagueness({ verdict, fit }: Observed): string {
  if (fit === undefined || fit.kind === "exact" || verdict !== "predicted") return "";
  return fit.kind === "path-holes"
    ? `${fit.holes === 1 ? "one hole" : `${fit.holes} holes`} in its template`
    : FIT[fit.kind];
}

/** `200 ×3, no answer ×1` */
export const statusList = (statuses: Record<string, number>): string => listed(Object.entries(statuses));

/**
 * The same without good answers; empty where all are good. Beside the count of requests, one answer to all of them
 * needs none.
 */
export function notableAnswers(statuses: Record<string, number>): string {
  const all = Object.entries(statuses);
  const notable = all.filter(([status]) => !/^([12]\d\d|304|unknown)$/.test(status));
  return all.length === 1 ? notable.map(([status]) => nameOf(status)).join("") : listed(notable);
}

const listed = (statuses: readonly [status: string, times: number][]): string =>
  statuses.map(([status, times]) => `${nameOf(status)} ×${times}`).join(", ");

const nameOf = (status: string): string => ANSWERS[status] ?? status;

const ANSWERS: Readonly<Record<string, string>> = {
  none: "no answer",
  proxy: "answered by the proxy",
  unknown: "answer not recorded",
};

/** Stands before the result, which it makes doubtful; empty where the report is whole. */
export function doubts({ reportCutShort = [] }: Check): string[] {
  if (reportCutShort.length === 0) return [];
  const why = reportCutShort.map(({ detail }) => detail).join("; ");
  return [`The report was cut short, so what it lacks counts as unpredicted: ${why}`];
}

/** The result, for one line. */
export function conclusion({ summary }: Check): string[] {
  const { unpredicted, endpoints, onKnownHosts, requests, distinct } = summary;
  const share = ` (${((100 * unpredicted.distinct) / unpredicted.of).toFixed(1)} %)`;
  return [
    `${count(requests, "request")}, ${distinct.toLocaleString("en-US")} distinct`,
    `${endpoints.fired} of ${count(endpoints.fired + endpoints.dormant, "predicted endpoint")} fired`,
    ...(onKnownHosts === undefined || onKnownHosts.of === 0
      ? []
      : [
          `${onKnownHosts.fired} of ${onKnownHosts.of} on known hosts (${((100 * onKnownHosts.fired) / onKnownHosts.of).toFixed(0)} %)`,
        ]),
    ...[predictedBy(summary)].filter((line) => line !== ""),
    unpredicted.of === 0
      ? "none of the requests is the tool's"
      : unpredicted.distinct === 0
        ? `nothing unpredicted among the tool's ${count(unpredicted.of, "distinct request")}`
        : `${unpredicted.distinct} of the tool's ${count(unpredicted.of, "distinct request")} unpredicted${share}`,
  ];
}
