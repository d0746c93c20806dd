import { expect, test } from "vitest";
import { rejectedAnswers } from "../../../extractor/live/recording/rejected-answers.ts";
import type { LiveRequest, LiveRun } from "../../../extractor/model/live-run.ts";

const URL_OF = "https://api.example.com/v2/session";
const request = (count: number, ...statuses: number[]): LiveRequest => ({
  ...{ method: "POST", url: URL_OF, process: "tool", count, statuses, marks: [] },
});
const run = (code: number, stderr: string, requests: LiveRequest[], stdout = ""): LiveRun =>
  ({
    ...{ exit: { code, signal: null, timedOut: false, interrupted: false }, requests, output: { stdout, stderr } },
  }) as unknown as LiveRun;
const LATEST = [`POST ${URL_OF} (200)`];

test.each([
  [
    run(0, "", [request(4, 404)]),
    [`the program may need another answer: POST ${URL_OF} was asked for 4 times, got 404`],
  ],
  [run(0, "", [request(2, 404)]), []],
  [run(0, "", [request(9, 404, 200)]), []],
  [run(0, "an error that it got over", [request(1, 200)]), []],
  [
    run(1, "starting\nError: invalid override\nbye", [request(1, 200)]),
    [`it may have wanted other answers: it ended with "Error: invalid override"; it asked last for ${LATEST[0]}`],
  ],
  [run(1, "", [request(1, 200)], "Unauthorized"), [expect.stringMatching(/: it ended with "Unauthorized";/)]],
  [run(1, "bye", [request(1, 200)]), []],
])("%#", (live, told) => {
  expect(rejectedAnswers(live, LATEST)).toEqual(told);
});

test("who was ended by us, or asked for nothing, rejected nothing", () => {
  const live = run(1, "Error: x", []);
  expect(rejectedAnswers(live, [])).toEqual([]);
  expect(rejectedAnswers({ ...live, exit: { ...live.exit, timedOut: true } }, LATEST)).toEqual([]);
});
