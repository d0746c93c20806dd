import { expect, test } from "vitest";
import { ProgressLine } from "../../extractor/command/progress.ts";
import { fakeSession } from "./fake-session.ts";

const step = { stage: "parse", done: 12, total: 34, detail: "lib/\x1b[31m.js" };
const CLEAR = "\r\x1b[2K";

test("one line on a terminal, neutralised, cut to its width, cleared at the end", () => {
  const session = fakeSession({ isTTY: true, columns: 30 });
  const progress = new ProgressLine(session, {});
  progress.update(step);
  progress.clear();
  expect(session.err).toBe(`${CLEAR}parse 12/34 (35 %) lib/\\u{1b}${CLEAR}`);
  expect(session.out).toBe("");
});

test("a terminal that doesn't know its width", () => {
  const session = fakeSession({ isTTY: true, columns: 0 });
  new ProgressLine(session, {}).update({ stage: "read", done: 1, total: null, detail: "a.js" });
  expect(session.err).toBe(`${CLEAR}read 1 a.js`);
});

test("drawn no more often than a person can see", () => {
  const session = fakeSession({ isTTY: true, columns: 80 });
  const progress = new ProgressLine(session, {});
  for (let done = 0; done < 1000; done++) progress.update({ stage: "parse", done, total: null });
  expect(session.err.split(CLEAR).length - 1).toBeLessThan(50);
  expect(session.err.startsWith(`${CLEAR}parse 0`)).toBe(true);
});

test.each([
  ["without a terminal", {}, {}, {}],
  ["with --quiet", { isTTY: true }, {}, { quiet: true }],
  ["on a dumb terminal", { isTTY: true }, { TERM: "dumb" }, {}],
])("silent %s", (_what, terminal, environment, options) => {
  const session = fakeSession(terminal, environment);
  const progress = new ProgressLine(session, options);
  progress.update(step);
  progress.clear();
  expect(session.err).toBe("");
});
