import { expect, test } from "vitest";
import { TimeLimit, TimeSpent } from "../../extractor/model/time-limit.ts";

/** A clock that only the test moves. */
function clock() {
  const at = { ms: 1000 };
  return { at, now: () => at.ms };
}

test("spent when the time is over, and not before", () => {
  const { at, now } = clock();
  const time = new TimeLimit(100, now);
  at.ms += 99;
  expect(time.isSpent).toBe(false);
  time.check();
  at.ms += 1;
  expect(time.isSpent).toBe(true);
  expect(() => time.check()).toThrow(TimeSpent);
});

test("a part of the work takes its share, and leaves the rest to what comes after it", () => {
  const { at, now } = clock();
  const time = new TimeLimit(100, now);
  const looked = () => {
    at.ms += 30;
    time.check();
    return "done";
  };
  expect(time.within(0.5, looked, () => "cut")).toBe("done");
  // 35 of 70 are left to it
  expect(
    time.within(
      0.5,
      () => looked() + looked(),
      () => "cut",
    ),
  ).toBe("cut");
  expect(time.isSpent).toBe(false);
  at.ms += 10;
  expect(time.within(1, looked, () => "cut")).toBe("cut");
});

test("other errors pass, and no limit is never spent", () => {
  const time = new TimeLimit(Number.POSITIVE_INFINITY, () => Number.MAX_VALUE);
  expect(time.isSpent).toBe(false);
  expect(() =>
    time.within(
      0.1,
      () => {
        throw new Error("mine");
      },
      () => 0,
    ),
  ).toThrow("mine");
  expect(
    time.within(
      0.1,
      () =>
        time.within(
          0.1,
          () => 7,
          () => 0,
        ),
      () => 0,
    ),
  ).toBe(7);
});
