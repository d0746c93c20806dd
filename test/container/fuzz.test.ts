import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";

// FUZZ_INPUTS=250000 npx vitest run --project unit test/container/fuzz.test.ts: the long run, by hand.
const inputs = Number(process.env.FUZZ_INPUTS ?? 4000);
const seed = Number(process.env.FUZZ_SEED ?? 20261120);
const from = Number(process.env.FUZZ_FROM ?? 0);

test(`${inputs} mutated containers, seed ${seed}: none crashes a reader`, { timeout: 3_600_000 }, async () => {
  const outcome = await fuzz({ seed, inputs, from });
  if (inputs > 10_000) console.log(JSON.stringify({ seed, ...outcome }));
  expect(outcome.failures.slice(0, 10)).toEqual([]);
  expect(outcome.inputs).toBe(inputs - from);
  // Most mutations leave a container, so the readers were in fact at work.
  expect(outcome.opened).toBeGreaterThan((inputs - from) / 2);
  expect(outcome.files).toBeGreaterThan((inputs - from) / 4);
});
