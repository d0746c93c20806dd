import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { readCatalogue } from "../extractor/command/published.ts";
import type { Check } from "../extractor/model/check.ts";
import type { Report } from "../extractor/model/report.ts";
import { compareVersions } from "../extractor/releases.ts";
import { toJson } from "../extractor/render/json.ts";
import {
  emptyCatalogue,
  renderCatalogue,
  withObservation,
  withReport,
} from "../extractor/render/published/catalogue.ts";

const REPORTS = fileURLToPath(new URL("../reports/", import.meta.url));
const catalogue = await readCatalogue(REPORTS);
const published = catalogue.tools.flatMap(({ id, versions }) => versions.map((entry) => ({ id, ...entry })));
const listed = published.map(({ file }) => file).sort();
const observations = published.flatMap(({ id, version, observed }) => (observed ? [{ id, version, ...observed }] : []));
const schemaOf = async (name: string) => {
  const schema = JSON.parse(await readFile(`${REPORTS}schema/${name}.schema.json`, "utf8"));
  return new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
};
const [validate, validateCheck] = await Promise.all([schemaOf("report"), schemaOf("check")]);
const read = (file: string): Promise<string> => readFile(REPORTS + file, "utf8");

test("reports/ holds the reports that its index lists, and no other", async () => {
  const entries = await readdir(REPORTS, { recursive: true });
  const there = entries
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^(?!schema\/).+\/.+\.json$/.test(path));
  expect(there.sort()).toEqual([...listed, ...observations.map(({ file }) => file)].sort());
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
  for (const { id, version, file } of observations) {
    const text = await read(file);
    const check = JSON.parse(text) as Check;
    expect(validateCheck(check) ? [] : validateCheck.errors, file).toEqual([]);
    expect(toJson(check) === text, file).toBe(true);
    made = withObservation(made, id, version, check);
  }
  expect(made).toEqual(catalogue);
  if (listed.length > 0) {
    expect(await read("index.json")).toBe(toJson(made));
    expect(await read("README.md")).toBe(renderCatalogue(made));
  }
});
