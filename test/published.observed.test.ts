import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../extractor/command/published.ts";
import { Predictions } from "../extractor/compare/match/predictions.ts";
import { targetOf } from "../extractor/compare/match/target.ts";
import type { Check, Observed } from "../extractor/model/check.ts";
import type { Report } from "../extractor/model/report.ts";

const REPORTS = fileURLToPath(new URL("../reports/", import.meta.url));
const read = async <T>(file: string): Promise<T> => JSON.parse(await readFile(REPORTS + file, "utf8")) as T;

/** Of these every request that the tool itself made must be explained by the report beside it. */
const EXPLAINED = ["claude-code/2.1.330", "codex/0.171.0"];

const catalogue = await readCatalogue(REPORTS);
const kept = await Promise.all(
  catalogue.tools
    .flatMap(({ id, versions }) =>
      versions.flatMap(({ version, file, observed }) =>
        observed === undefined ? [] : [{ name: `${id}/${version}`, file, observed }],
      ),
    )
    .map(async (one) => ({
      ...one,
      report: await read<Report>(one.file),
      run: await read<Check>(one.observed.file),
    })),
);

/** Where a run sent it, as far as is kept: identifiers stand as `{id}`, queries are without values. */
const sentTo = ({ url, query }: Observed) =>
  targetOf(
    url.replaceAll("{id}", "0b1c2d3e-1111-4222-8333-444455556666") +
      (query.length === 0 ? "" : `?${query.map((name) => `${name}=x`).join("&")}`),
  );

describe.each(kept)("the observation of $name", ({ name, report, run }) => {
  test("names endpoints that its report has", () => {
    const ids = new Set(report.endpoints.map(({ id }) => id));
    const named = [
      ...run.fired,
      ...run.dormant.map(({ id }) => id),
      ...run.observed.flatMap(({ endpoint }) => endpoint ?? []),
    ];
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect([...run.fired, ...run.dormant.map(({ id }) => id)].sort()).toEqual([...ids].sort());
  });

  test("holds: the templates of the report fit what was sent", () => {
    const predictions = new Predictions(report, new Map());
    const predicted = run.observed.filter(({ verdict }) => verdict === "predicted");
    expect(predicted.length).toBeGreaterThan(0);
    for (const row of predicted) {
      const fits = predictions.find(row.method, sentTo(row))?.endpoint.id;
      expect(`${row.method} ${row.url} ${fits}`).toBe(`${row.method} ${row.url} ${row.endpoint}`);
    }
  });

  test.runIf(EXPLAINED.includes(name))("has no request that nobody explains", () => {
    expect(run.observed.filter(({ verdict }) => verdict === "unpredicted").map(({ url }) => url)).toEqual([]);
    expect(run.run).toMatchObject({ exit: { code: 0 } });
    expect(run.observed.length).toBeGreaterThan(10);
  });
});

test("of two tools every request is explained", () => {
  expect(kept.map(({ name }) => name).filter((name) => EXPLAINED.includes(name))).toEqual(EXPLAINED);
});
