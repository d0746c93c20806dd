import { type Check, type Observed, VERDICTS, type Verdict } from "../../model/check.ts";
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

/** `200 ×3, none ×1` */
export const statusList = (statuses: Record<string, number>): string =>
  Object.entries(statuses)
    .map(
      ([status, times]) =>
        `${status === "none" ? "no answer" : status === "proxy" ? "answered by the proxy" : status} ×${times}`,
    )
    .join(", ");

/** The result in one line. */
export function conclusion({ summary }: Check): string[] {
  const { unpredicted, endpoints, requests, distinct } = summary;
  const share = unpredicted.of === 0 ? "" : ` (${((100 * unpredicted.distinct) / unpredicted.of).toFixed(1)} %)`;
  return [
    `${count(requests, "request")}, ${distinct.toLocaleString("en-US")} distinct`,
    `${endpoints.fired} of ${count(endpoints.fired + endpoints.dormant, "predicted endpoint")} fired`,
    `${unpredicted.distinct} of the tool's ${unpredicted.of} distinct requests unpredicted${share}`,
  ];
}
