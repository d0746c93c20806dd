import { expect, test } from "vitest";
import { fitsBeside, likelyMemory } from "../../extractor/census/job/capacity.ts";
import { jobId } from "../../extractor/census/job/job.ts";
import { isTriedAgain, MAX_ATTEMPTS, waitAfter } from "../../extractor/census/job/outcome.ts";
import { NOTHING_DONE, paceLine } from "../../extractor/census/job/pace.ts";

const LIMIT = 8e9;

test("memory is that of earlier versions and a bit, else by size, and never more than the limit", () => {
  expect(likelyMemory(0, 1e9, LIMIT)).toBeCloseTo(1.15e9);
  expect(likelyMemory(13e6, null, LIMIT)).toBeGreaterThan(646e6);
  expect(likelyMemory(13e6, null, LIMIT)).toBeLessThan(1e9);
  expect(likelyMemory(1e12, null, LIMIT)).toBe(LIMIT);
  expect(likelyMemory(0, 1e12, LIMIT)).toBe(LIMIT);
});

test("one more begins where its memory is free; the first one always does", () => {
  expect(fitsBeside([], 9e9, 8e9)).toBe(true);
  expect(fitsBeside([4e9], 4e9, 8e9)).toBe(true);
  expect(fitsBeside([4e9, 1e9], 4e9, 8e9)).toBe(false);
});

test("a job is known by bytes, engine, signatures and options; by nothing else", () => {
  const job = {
    package: "some-tool",
    version: "1.0.0",
    published: null,
    integrity: "sha512-a",
    bytes: 1,
    engine: "e",
    signatures: "s",
    options: { sourceMaps: true, from: "bundle" as const, platform: "linux-x64" as const },
  };
  const { sourceMaps, from, platform } = job.options;
  expect(jobId({ ...job, bytes: 2, published: "2026-01-01", options: { platform, from, sourceMaps } })).toBe(
    jobId(job),
  );
  const others = [
    { ...job, integrity: "sha512-b" },
    { ...job, version: "1.0.1" },
    { ...job, engine: "f" },
    { ...job, signatures: "t" },
    { ...job, options: { sourceMaps: false, from, platform } },
    { ...job, options: { sourceMaps, from } },
  ];
  expect(new Set([job, ...others].map(jobId)).size).toBe(7);
});

test("what may pass is tried again with growing waits, a few times; what would fail again is not", () => {
  const network = { code: "network" as const, message: "" };
  expect(isTriedAgain(network, 1)).toBe(true);
  expect(isTriedAgain(network, MAX_ATTEMPTS)).toBe(false);
  for (const code of ["no-javascript", "bad-archive", "memory", "defect"] as const)
    expect(isTriedAgain({ code, message: "" }, 1)).toBe(false);
  expect([1, 2, 3, 4, 20].map(waitAfter)).toEqual([30, 60, 120, 240, 3600]);
});

test.each([
  [{}, 0, 0, "0 of 0 done"],
  [{ waiting: 8, running: 2 }, 0, 5, "0 of 10 done, 2 running"],
  [{ waiting: 7, running: 1, report: 2 }, 0, 60, "2 of 10 done, 1 running, 2.0 a minute, 4 min to go"],
  // what was done before this run tells nothing about its pace
  [{ waiting: 8, report: 2 }, 1, 60, "2 of 10 done, 1.0 a minute, 8 min to go"],
  [
    { waiting: 600, retry: 3, report: 10, partial: 2, failed: 1 },
    0,
    130,
    "13 of 613 done (1 failed, 2 partial, 3 to be tried again), 6.0 a minute, 1 h 40 min to go",
  ],
  [{ report: 30 }, 0, 10, "30 of 30 done, 3.0 a second"],
])("%j", (tally, before, seconds, line) => {
  expect(paceLine({ ...NOTHING_DONE, ...tally }, before, seconds)).toBe(line);
});
