import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Report } from "../../extractor/model/report.ts";
import type { Catalogue } from "../../extractor/model/signatures/catalogue.ts";
import { check } from "./check.ts";
import { decoysOf, shareOf } from "./decoys.ts";

const REPORTS = new URL("../../reports/", import.meta.url);
const read = <T>(path: string): T => JSON.parse(readFileSync(fileURLToPath(new URL(path, REPORTS)), "utf8")) as T;

const published = read<Catalogue>("index.json").tools.flatMap(({ versions }) => versions.map(({ file }) => file));

describe("of fifty requests that nobody would send to a published tool's hosts and others", () => {
  const shares = published.map((file) => {
    const report = read<Report>(file);
    return { file, ...shareOf(check(report, decoysOf(report, 50)), "predicted") };
  });

  test.each(shares)("one at most is called predicted by $file", ({ said, of }) => {
    expect(of).toBeGreaterThan(40);
    expect(said).toBeLessThanOrEqual(1);
  });

  test("and of all of them fewer than two in a hundred", () => {
    const sum = (of: "said" | "of") => shares.reduce((total, share) => total + share[of], 0);
    expect(sum("said") / sum("of")).toBeLessThan(0.02);
  });
});
