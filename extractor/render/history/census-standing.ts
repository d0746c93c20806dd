import type { CensusStanding } from "../../model/census.ts";
import { count } from "../count.ts";
import { toJson } from "../json.ts";
import { visible } from "../terminal.ts";
import { alignedRows } from "./aligned-rows.ts";

/** Every way to write how a census stands. */
export const standingFormats = {
  text: { about: "lines for people", render: standingText },
  json: { about: "all of it", render: (standing: CensusStanding) => toJson(standing) },
} satisfies Record<string, { about: string; render(standing: CensusStanding): string }>;

export type StandingFormatName = keyof typeof standingFormats;

function standingText(standing: CensusStanding): string {
  const { jobs, others, packages, failures, cost, objects } = standing;
  const { done, left, report, partial, failed, running, waiting, retry } = jobs;
  const lines = [
    `${count(done + left, "release")} of ${count(packages.length, "package")} planned, ${done} done, ${left} left`,
    `  done     ${report} reports, ${partial} partial, ${failed} failed`,
    `  left     ${running} running, ${waiting} waiting${retry > 0 ? ` (${retry} of them to be tried again)` : ""}`,
    `  took     ${hours(cost.cpuSeconds)} of CPU, at most ${megabytes(cost.peakBytes)} of memory for one`,
    `  objects  ${objects.objects}, ${megabytes(objects.bytes)}`,
    ...(others > 0
      ? [`  others   ${count(others, "job")} of other builds or signatures; census plan makes new ones`]
      : []),
    ...(failures.length > 0 ? ["", "failed", ...failureRows(standing)] : []),
    ...(packages.length > 0 ? ["", ...packageRows(standing)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

const failureRows = ({ failures }: CensusStanding): string[] =>
  alignedRows(
    failures.map(({ package: name, version, outcome, reason }) => [
      `  ${visible(`${name}@${version}`)}`,
      `${outcome === "again" ? "to be tried again: " : ""}${visible(reason)}`,
    ]),
  );

const packageRows = ({ packages }: CensusStanding): string[] =>
  alignedRows([
    ["package", "planned", "reports", "partial", "failed"],
    ...packages.map(({ package: name, planned, report, partial, failed }) => [
      visible(name),
      ...[planned, report, partial, failed].map(String),
    ]),
  ]);

const hours = (seconds: number): string =>
  seconds < 5400 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;

const megabytes = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
