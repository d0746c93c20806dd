import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { readCatalogue } from "../extractor/command/published.ts";
import type { Report } from "../extractor/model/report.ts";
import { compareVersions } from "../extractor/releases.ts";
import { toJson } from "../extractor/render/json.ts";
import { emptyCatalogue, renderCatalogue, withReport } from "../extractor/render/published/catalogue.ts";

const REPORTS = fileURLToPath(new URL("../reports/", import.meta.url));
const catalogue = await readCatalogue(REPORTS);
const listed = catalogue.tools.flatMap(({ versions }) => versions.map(({ file }) => file)).sort();
const schema = JSON.parse(await readFile(`${REPORTS}schema/report.schema.json`, "utf8"));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
const read = (file: string): Promise<string> => readFile(REPORTS + file, "utf8");

test("reports/ holds the reports that its index lists, and no other", async () => {
  const entries = await readdir(REPORTS, { recursive: true });
  const there = entries
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^(?!schema\/).+\/.+\.json$/.test(path));
  expect(there.sort()).toEqual(listed);
});

test("each fits its schema, is written as this program writes, and is counted right; README.md and index.json follow from them", async () => {
  let made = emptyCatalogue;
  for (const file of listed) {
    const text = await read(file);
    const report = JSON.parse(text) as Report;
    expect(validate(report) ? [] : validate.errors, file).toEqual([]);
    expect(toJson(report) === text, file).toBe(true);
    expect(
      report.credentials.filter(({ value }) => value !== undefined),
      file,
    ).toEqual([]);
    made = withReport(made, report, compareVersions);
  }
  expect(made).toEqual(catalogue);
  if (listed.length > 0) {
    expect(await read("index.json")).toBe(toJson(made));
    expect(await read("README.md")).toBe(renderCatalogue(made));
  }
});
