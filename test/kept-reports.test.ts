import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KeptReport } from "../extractor/kept-reports.ts";
import type { Report } from "../extractor/model/report.ts";
import { Scratch } from "./acquire/scratch.ts";

const REPORT = {
  schemaVersion: 1,
  endpoints: [{ url: "https://api.example.com/v1" }],
  diagnostics: [],
} as unknown as Report;

let scratch: Scratch;
beforeEach(async () => {
  scratch = await Scratch.make();
});
afterEach(() => scratch.remove());

async function keptReport(
  differing: Partial<{ integrity: string | null; options: unknown; cache: boolean; engine: string | null }> = {},
) {
  const given = { integrity: "sha512-abc", options: { sourceMaps: true }, cache: true, engine: "one", ...differing };
  const stamp = scratch.path("engine.sha256");
  if (given.engine !== null) await writeFile(stamp, given.engine);
  const where = { cache: given.cache, cacheDir: scratch.path("cache") };
  const absent = scratch.path("no-stamp");
  return KeptReport.of(given.integrity, given.options, where, pathToFileURL(given.engine === null ? absent : stamp));
}

test("a report is given back to who asks for the same package in the same way", async () => {
  expect(await (await keptReport())!.read()).toBeNull();
  await (await keptReport())!.write(REPORT);
  expect(await (await keptReport())!.read()).toEqual(REPORT);
});

test.each(["time-spent", "memory-spent", "stack-spent"] as const)("%s: another run may find more", async (kind) => {
  await (await keptReport())!.write({ ...REPORT, diagnostics: [{ kind, count: 1, detail: "" }] });
  expect(await (await keptReport())!.read()).toBeNull();
});

test.each([
  ["other bytes", { integrity: "sha512-def" }],
  ["another option", { options: { sourceMaps: false } }],
  ["another build of this program", { engine: "two" }],
])("%s make another report", async (_, differing) => {
  await (await keptReport())!.write(REPORT);
  expect(await (await keptReport(differing))!.read()).toBeNull();
});

test.each([
  ["of what has no digest", { integrity: null }],
  ["without a cache", { cache: false }],
  ["by a program that doesn't know its build", { engine: null }],
])("nothing is kept %s", async (_, differing) => {
  expect(await keptReport(differing)).toBeNull();
});
