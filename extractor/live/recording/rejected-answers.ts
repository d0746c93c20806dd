import type { LiveRun } from "../../model/live-run.ts";

/** A program that asks so often takes no for a passing fault. */
const RETRIES = 3;
const FAULT = 400;
const MOST_WORDS = 200;
const COMPLAINT =
  /\b(error|fail(ed|ure)|invalid|unexpected|unauthori[sz]ed|forbidden|denied|rejected|can(no|')t|could( no|n')t|missing)\b/i;

/**
 * Signs that an answer of ours is not what the program wants: it asked again and again for what it was refused, or it
 * ended with an error. Answers grow stale as releases ask for more, and then the run shows less than a real one would.
 * @param latest what it asked for last, with the status of the answer
 */
export function rejectedAnswers(
  { exit, requests, output }: Pick<LiveRun, "exit" | "requests" | "output">,
  latest: readonly string[],
): string[] {
  const retried = requests
    .filter(({ count, statuses }) => count >= RETRIES && statuses.every((status) => status >= FAULT))
    .map(
      ({ method, url, count, statuses }) =>
        `the program may need another answer: ${method} ${url} was asked for ${count} times, got ${statuses.join("/")}`,
    );
  const endedBySelf = !exit.timedOut && !exit.interrupted && exit.limit === undefined;
  if (!endedBySelf || exit.code === 0 || latest.length === 0) return retried;
  const words = complaintIn(output);
  if (words === null) return retried;
  return [
    ...retried,
    `it may have wanted other answers: it ended with "${words}"; it asked last for ${latest.join(", ")}`,
  ];
}

/** The last line that complains: those before it tell of tries. On stderr, else where a program prints everything. */
function complaintIn({ stderr, stdout }: LiveRun["output"]): string | null {
  for (const text of [stderr, stdout]) {
    const line = text
      .split("\n")
      .map((one) => one.trim())
      .findLast((one) => COMPLAINT.test(one));
    if (line !== undefined) return line.slice(0, MOST_WORDS);
  }
  return null;
}
