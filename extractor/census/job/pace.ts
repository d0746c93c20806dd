import type { Tally } from "../../model/census.ts";

export const NOTHING_DONE: Readonly<Tally> = { waiting: 0, retry: 0, running: 0, report: 0, partial: 0, failed: 0 };

export const doneOf = ({ report, partial, failed }: Tally): number => report + partial + failed;
export const leftOf = ({ waiting, running }: Tally): number => waiting + running;

/**
 * Done, left, how fast and how long still: `12 of 110 done (1 failed, 2 partial), 2 running, 1.5 a minute, 65 min to
 * go`.
 * @param before how many were done when this run began
 * @param seconds since then
 */
export function paceLine(tally: Tally, before: number, seconds: number): string {
  const done = doneOf(tally);
  const parts = [
    tally.failed > 0 ? `${tally.failed} failed` : "",
    tally.partial > 0 ? `${tally.partial} partial` : "",
    tally.retry > 0 ? `${tally.retry} to be tried again` : "",
  ].filter((part) => part !== "");
  const head = `${done} of ${done + leftOf(tally)} done${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`;
  const now = tally.running > 0 ? `${head}, ${tally.running} running` : head;
  const made = done - before;
  if (made <= 0 || seconds <= 0) return now;
  const rate = made / seconds;
  return `${now}, ${rateWords(rate)}${leftOf(tally) > 0 ? `, ${duration(leftOf(tally) / rate)} to go` : ""}`;
}

const rateWords = (perSecond: number): string =>
  perSecond >= 1 ? `${perSecond.toFixed(1)} a second` : `${(perSecond * 60).toFixed(1)} a minute`;

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
