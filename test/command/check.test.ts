import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harOf, type Sent } from "../capture/write.ts";
import { endpoint, report } from "../compare/report.ts";
import { runInside } from "../run-inside.ts";

let folder = "";
const at = (name: string) => join(folder, name);
const known = endpoint("POST", "https://api.example.com/v1/messages");
const predicted: Sent = { method: "POST", url: known.url, headers: { "User-Agent": "some-tool/1.0.0" } };
const surprise: Sent = { method: "POST", url: "https://elsewhere.example.net/collect" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-"));
  await writeFile(at("report.json"), JSON.stringify(report([known])));
  await writeFile(at("good.har"), harOf([predicted]));
  await writeFile(at("bad.har"), harOf([predicted, surprise]));
  await writeFile(at("cut.har"), harOf([predicted, predicted]).slice(0, -60));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a report and a capture give a check on stdout, and nothing on stderr", async () => {
  const { code, stdout, stderr } = await runInside(["check", at("report.json"), at("good.har"), "--format", "json"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({
    fired: [known.id],
    dormant: [],
    summary: { requests: 1, verdicts: { predicted: 1 } },
  });
  expect(code).toBe(0);
});

test("a stored report that was cut short: said in the page, beside other formats, and by the exit code", async () => {
  const spent = { kind: "time-spent" as const, count: 1, detail: "events were not looked for to the end" };
  await writeFile(at("partial.json"), JSON.stringify(report([known], { diagnostics: [spent] })));
  const page = await runInside(["check", at("partial.json"), at("good.har")]);
  expect(page).toMatchObject({ code: 3, stderr: "" });
  expect(page.stdout).toContain("The report was cut short");
  const json = await runInside(["check", at("partial.json"), at("good.har"), "--format", "json"]);
  expect(json.code).toBe(3);
  expect(json.stderr).toContain("The report was cut short");
  expect(JSON.parse(json.stdout)).toMatchObject({ reportCutShort: [spent] });
});

describe("--fail-on unpredicted", () => {
  test.each([
    ["good.har", 0],
    ["bad.har", 1],
    ["cut.har", 1],
  ])("%s: exit %d", async (capture, exit) => {
    const { code } = await runInside(["check", at("report.json"), at(capture), "--fail-on", "unpredicted"]);
    expect(code).toBe(exit);
  });

  test("without it the exit code is 0", async () => {
    expect((await runInside(["check", at("report.json"), at("bad.har")])).code).toBe(0);
  });
});

test("a damaged capture is said on stderr with file and byte, and what was read is counted", async () => {
  const { code, stdout, stderr } = await runInside(["check", at("report.json"), at("cut.har"), "--format", "json"]);
  expect(stderr).toMatch(/cut\.har: damaged HAR at byte \d+: .*; 1 requests were read before/);
  expect(JSON.parse(stdout)).toMatchObject({ captures: [{ records: 1, complete: false }], summary: { requests: 1 } });
  expect(code).toBe(0);
});

test("-o, and that file as the baseline of another check", async () => {
  const first = await runInside([
    "check",
    at("report.json"),
    at("good.har"),
    "--format",
    "json",
    "-o",
    at("first.json"),
  ]);
  expect(first.stdout).toBe("");
  const { stdout } = await runInside([
    "check",
    at("report.json"),
    at("good.har"),
    at("bad.har"),
    "--baseline",
    at("first.json"),
    "--format",
    "json",
  ]);
  expect(JSON.parse(stdout).baseline).toMatchObject({ newlyFiring: [], newUnpredicted: [`POST ${surprise.url}`] });
  expect(JSON.parse(await readFile(at("first.json"), "utf8")).schemaVersion).toBe(1);
});

describe("errors: one line, one hint, exit 2, nothing on stdout", () => {
  test.each<[string, () => string[], RegExp]>([
    ["no capture", () => [at("report.json")], /missing required argument 'capture'/],
    ["no such capture", () => [at("report.json"), at("none.har")], /none\.har: no such file/],
    ["a capture that is none", () => [at("report.json"), at("report.json")], /report\.json: not a capture: JSON/],
    ["a report that is none", () => [at("good.har.json"), at("good.har")], /good\.har\.json: not a report/],
    ["no variable", () => [at("report.json"), at("good.har"), "--env", "NAME"], /NAME=VALUE/],
    ["no such verdict", () => [at("report.json"), at("good.har"), "--fail-on", "rain"], /'rain' is invalid/],
    [
      "a baseline that is none",
      () => [at("report.json"), at("good.har"), "--baseline", at("report.json")],
      /report\.json: not a check/,
    ],
  ])("%s", async (_what, args, message) => {
    await writeFile(at("good.har.json"), harOf([predicted]));
    const { code, stdout, stderr } = await runInside(["check", ...args()]);
    expect(stderr.trimEnd().split("\n")).toEqual([expect.stringMatching(message), expect.stringMatching(/^hint: /)]);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
