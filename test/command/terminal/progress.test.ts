import { expect, test } from "vitest";
import { ProgressLine } from "../../../extractor/command/terminal/progress.ts";
import { fakeSession } from "../fake-session.ts";

const step = { stage: "analyse", done: 3, total: 9, detail: "lib/\x1b[31m.js" };
const CLEAR = "\r\x1b[2K";
const still = () => 0;

/** A clock that a test sets. */
function clock(): { now: () => number; at: number } {
  const own = { at: 0, now: () => own.at };
  return own;
}

test("stage, percent and time on one line of a terminal, neutralised, cut to its width, cleared at the end", () => {
  const session = fakeSession({ isTTY: true, columns: 51 });
  const time = clock();
  const progress = new ProgressLine(session, {}, time.now);
  time.at = 75_000;
  progress.update(step);
  progress.clear();
  expect(session.err).toBe(`${CLEAR}analyse 3/9 (49 %) lib/\\u{1b}[31m.js, 1 min 15 s${CLEAR}`);
  expect(session.out).toBe("");
});

test("a terminal that doesn't know its width, and a stage nobody knows the length of", () => {
  const session = fakeSession({ isTTY: true, columns: 0 });
  new ProgressLine(session, {}, still).update({ stage: "read", done: 1234, total: null, detail: "a.js" });
  expect(session.err).toBe(`${CLEAR}read 1,234 (5 %) a.js, 0 s`);
});

test("the percentage never goes back", () => {
  const session = fakeSession({ isTTY: true, columns: 80 });
  const time = clock();
  const progress = new ProgressLine(session, {}, time.now);
  for (const stage of ["analyse", "read"]) {
    time.at += 1000;
    progress.update({ stage, done: 0, total: null });
  }
  expect(session.err).toContain("analyse (30 %)");
  expect(session.err).toContain("read (30 %)");
});

test("drawn no more often than a person can see", () => {
  const session = fakeSession({ isTTY: true, columns: 80 });
  const time = clock();
  const progress = new ProgressLine(session, {}, time.now);
  for (let done = 0; done < 1000; done++) {
    time.at = done;
    progress.update({ stage: "read", done, total: null });
  }
  expect(session.err.split(CLEAR).length - 1).toBe(13);
});

test.each([
  ["without a terminal", {}, {}],
  ["on a dumb terminal", { isTTY: true }, { TERM: "dumb" }],
])("%s a line every few seconds, and none about short work", (_what, terminal, environment) => {
  const session = fakeSession(terminal, environment);
  const time = clock();
  const progress = new ProgressLine(session, {}, time.now);
  for (time.at = 0; time.at <= 20_000; time.at += 1000) progress.update({ stage: "analyse", done: 0, total: 9 });
  progress.clear();
  expect(session.err).toBe([10, 15, 20].map((seconds) => `extract: analyse 0/9 (30 %), ${seconds} s\n`).join(""));
});

test("silent with --quiet", () => {
  const session = fakeSession({ isTTY: true });
  const time = clock();
  const progress = new ProgressLine(session, { quiet: true }, time.now);
  time.at = 60_000;
  progress.update(step);
  progress.clear();
  expect(session.err).toBe("");
});
